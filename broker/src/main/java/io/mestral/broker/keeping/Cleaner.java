package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.MessageMove.Claim;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the front of the stream go. A stream is trimmed from the front only, so what is still true
 * there is written anew at its end first. That is decided and handed to the journal under the lock
 * of whoever it belongs to: what ends it later also stands later in the stream.
 */
final class Cleaner {
  private static final Logger LOG = LoggerFactory.getLogger(Cleaner.class);
  private static final int MOST_CLAIMS = 100_000; // messages moved in one go
  private static final int MOST_UNDER_WAY = 1024; // records handed to the journal at once
  private static final int FACTOR = 3;
  private static final Duration BETWEEN_FREEINGS = Duration.ofSeconds(5);

  private final KeptSessions sessions;
  private final MessageLog log;
  private final Parts parts;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Duration betweenFreeings;
  private long freedAt = Long.MIN_VALUE / 2;

  Cleaner(KeptSessions sessions, MessageLog log) {
    this(sessions, log, BETWEEN_FREEINGS);
  }

  /**
   * @param betweenFreeings the journal's old files are freed no more often
   */
  Cleaner(KeptSessions sessions, MessageLog log, Duration betweenFreeings) {
    this.betweenFreeings = betweenFreeings;
    this.sessions = sessions;
    this.log = log;
    this.parts = log.parts();
  }

  /** Cleans when most of the stream isn't needed; once at a time. */
  void cleanIfItPays() {
    boolean pins = pins();
    if (!pins && !pays() || !busy.compareAndSet(false, true)) return;
    (pins ? cleanAll() : clean())
        .onFailure(cause -> LOG.warn("the front of the stream has to stay: {}", cause.getMessage()))
        .onComplete(done -> busy.set(false));
  }

  private boolean pays() {
    long live = Math.max(0, parts.totals().live());
    long most = Math.min(FACTOR * live, live + parts.options().cleanSlack());
    return parts.log().bytes() > Math.max(parts.options().cleanFrom(), most);
  }

  /**
   * Whether the journal fills with what others don't need any more: its files go from the oldest
   * on, and a single record of this stream holds all the later ones back.
   */
  private boolean pins() {
    long now = parts.clock().millis();
    long others = parts.log().journalBytes() - parts.log().bytes();
    if (!parts.log().isJournalFilling() || parts.totals().live() > others) return false;
    if (now - freedAt < betweenFreeings.toMillis()) return false;
    freedAt = now;
    return true;
  }

  /** Succeeds when all that is needed stands at the end of the stream. */
  private Future<Void> cleanAll() {
    long last = parts.log().last();
    return parts.log().settled().compose(settled -> moveUpTo(last));
  }

  /** Succeeds when the older half of the stream is gone, or as much of it as can be moved. */
  Future<Void> clean() {
    long middle = parts.log().middle();
    return parts.log().settled().compose(settled -> moveUpTo(middle));
  }

  private Future<Void> moveUpTo(long last) {
    Promise<Void> moved = Promise.promise();
    moveSomeUpTo(last, moved);
    return moved.future();
  }

  /** So much that the journal has room for it, then the front goes, then the next bit. */
  private void moveSomeUpTo(long end, Promise<Void> done) {
    List<Claim> claims = claims(end);
    long last = end;
    if (claims.size() > MOST_CLAIMS) // though at least the first record, whoever needs it
    last = Math.max(claims.get(MOST_CLAIMS).sequence() - 1, claims.get(0).sequence());
    long upTo = last;
    if (last < 1) {
      done.complete();
      return;
    }
    claims.removeIf(claim -> claim.sequence() > upTo);
    moveSessions(upTo)
        .compose(moved -> new MessageMove(log, claims, upTo).run())
        .compose(move -> parts.log().trim(move.reached()).map(move))
        .onComplete(
            moved -> {
              if (moved.failed()) done.fail(moved.cause());
              else if (moved.result().isHeldUp() || upTo >= end && moved.result().reached() >= end)
                done.complete();
              else moveSomeUpTo(end, done);
            });
  }

  private List<Claim> claims(long last) {
    List<Claim> claims = new ArrayList<>();
    for (KeptSession session : sessions.kept()) {
      session.lock().lock();
      try {
        session.outflow().queue().forEach(entry -> claim(session, entry, last, claims));
      } finally {
        session.lock().unlock();
      }
    }
    log.retained()
        .upTo(
            last, sequence -> claims.add(new Claim(sequence, Optional.empty(), Optional.empty())));
    claims.sort(Comparator.comparingLong(Claim::sequence));
    return claims;
  }

  private static void claim(KeptSession session, Entry entry, long last, List<Claim> claims) {
    boolean stands = entry.sequence() > 0 && entry.sequence() <= last;
    if (stands && !entry.is(State.RELEASED))
      claims.add(new Claim(entry.sequence(), Optional.of(session), Optional.of(entry)));
  }

  /** What sessions remember is small and in memory. */
  private Future<Void> moveSessions(long last) {
    Promise<Void> moved = Promise.promise();
    moveSome(sessions.kept().iterator(), last, moved);
    return moved.future();
  }

  /** As many as the journal is handed at once, then the next ones when those are written. */
  private void moveSome(Iterator<KeptSession> some, long last, Promise<Void> moved) {
    List<Future<?>> underWay = new ArrayList<>();
    while (some.hasNext() && underWay.size() < MOST_UNDER_WAY)
      underWay.addAll(rewrite(some.next(), last));
    if (underWay.isEmpty()) {
      moved.complete();
      return;
    }
    parts.meters().moved(underWay.size());
    Future.all(underWay)
        .onComplete(
            written -> {
              if (written.failed()) moved.fail(written.cause());
              else moveSome(some, last, moved);
            });
  }

  private List<Future<?>> rewrite(KeptSession session, long last) {
    List<Future<?>> written = new ArrayList<>();
    session.lock().lock();
    try {
      if (session.place().isUpTo(last)) written.add(session.rewriteState());
      for (Map.Entry<TopicFilter, Grants.Grant> grant : session.grants().all().entrySet())
        if (grant.getValue().place().isUpTo(last) || grant.getValue().place().isUnknown())
          written.add(session.grants().rewrite(grant.getKey()));
      Inflow inflow = session.inflow();
      inflow
          .receipts()
          .upTo(last)
          .forEach((packetId, place) -> written.add(inflow.rewrite(packetId, place)));
      written.addAll(inflow.receipts().releasesUpTo(last));
      for (Entry entry : session.outflow().queue().released())
        if (entry.sequence() <= last) written.add(session.outflow().rewriteReleased(entry));
    } finally {
      session.lock().unlock();
    }
    return written;
  }
}
