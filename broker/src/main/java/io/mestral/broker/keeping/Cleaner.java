package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.storage.JournalRecord;
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
  private static final int MOST_LOCKS = 64;
  private static final int READ_AT_ONCE = 64;
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

  /** A message at the front that somebody still needs: a session's, or the one that is retained. */
  private record Claim(long sequence, Optional<KeptSession> session, Optional<Entry> entry) {}

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

  private Future<Void> moveUpTo(long middle) {
    List<Claim> claims = claims(middle);
    long last = middle;
    if (claims.size() > MOST_CLAIMS) // though at least the first record, whoever needs it
    last = Math.max(claims.get(MOST_CLAIMS).sequence() - 1, claims.get(0).sequence());
    long upTo = last;
    if (last < 1) return Future.succeededFuture();
    claims.removeIf(claim -> claim.sequence() > upTo);
    return moveSessions(upTo)
        .compose(moved -> moveMessages(claims, upTo))
        .compose(reached -> parts.log().trim(reached));
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
    moveSome(List.copyOf(sessions.kept()).iterator(), last, moved);
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
      if (session.hasEnded()) return written;
      if (session.place().isUpTo(last)) written.add(session.writeState());
      for (Map.Entry<TopicFilter, Grants.Grant> grant : session.grants().all().entrySet())
        if (grant.getValue().place().isUpTo(last) || grant.getValue().place().isUnknown())
          written.add(session.grants().write(grant.getKey()));
      session
          .receipts()
          .upTo(last)
          .forEach((packetId, place) -> written.add(session.writeReceipt(packetId, place)));
      for (Entry entry : session.outflow().queue().released())
        if (entry.sequence() <= last) written.add(session.outflow().writeReleased(entry));
    } finally {
      session.lock().unlock();
    }
    return written;
  }

  /** Succeeds with the record up to which everything was moved. */
  private Future<Long> moveMessages(List<Claim> claims, long last) {
    Promise<Long> moved = Promise.promise();
    step(claims, 0, last, moved);
    return moved.future();
  }

  /** One stretch; not a chain of futures, for a long one is deeper than a stack. */
  private void step(List<Claim> claims, int from, long last, Promise<Long> moved) {
    if (from >= claims.size()) {
      moved.complete(last);
      return;
    }
    int to = from + 1;
    long first = claims.get(from).sequence();
    while (to < claims.size() && claims.get(to).sequence() - first < READ_AT_ONCE) to++;
    List<Claim> some = claims.subList(from, to);
    int next = to;
    int limit = (int) (some.get(some.size() - 1).sequence() - first + 1);
    parts
        .log()
        .read(first - 1, limit)
        .compose(records -> move(records, some))
        .onComplete(
            reached -> {
              if (reached.failed()) moved.fail(reached.cause());
              else if (reached.result() >= 0) moved.complete(reached.result());
              else step(claims, next, last, moved);
            });
  }

  /** Succeeds with the record in front of the first one that can't be moved now, else with -1. */
  private Future<Long> move(List<JournalRecord> records, List<Claim> claims) {
    List<Future<?>> written = new ArrayList<>();
    long reached = -1;
    for (JournalRecord record : records) {
      List<Claim> of =
          claims.stream().filter(claim -> claim.sequence() == record.sequence()).toList();
      if (of.isEmpty()) continue;
      Optional<Message> message =
          parts.reading(record).filter(Message.class::isInstance).map(Message.class::cast);
      if (message.isEmpty()) continue; // what can't be read can't be moved: its end is counted
      if (!move(record.sequence(), message.get(), of, written)) {
        reached = record.sequence() - 1;
        break;
      }
    }
    parts.meters().moved(written.size());
    long result = reached;
    return Future.all(written).map(result);
  }

  private boolean move(
      long sequence, Message message, List<Claim> claims, List<Future<?>> written) {
    boolean retained = claims.stream().anyMatch(claim -> claim.session().isEmpty());
    if (retained && !moveRetained(sequence, message, written)) return false;
    List<Claim> queued =
        claims.stream()
            .filter(claim -> claim.session().isPresent())
            .sorted(Comparator.comparingLong(claim -> claim.session().get().number()))
            .toList();
    for (int i = 0; i < queued.size(); i += MOST_LOCKS)
      moveQueued(
          sequence, message, queued.subList(i, Math.min(queued.size(), i + MOST_LOCKS)), written);
    return true;
  }

  private boolean moveRetained(long sequence, Message message, List<Future<?>> written) {
    String topic = message.publish().topic().value();
    long age = parts.clock().millis() - message.at();
    if (message.publish().after(Duration.ofMillis(Math.max(0, age))).isEmpty()) {
      log.retained().expired(topic, sequence);
      return true;
    }
    Message alone = new Message(message.publish(), message.at(), true, List.of(), Optional.empty());
    return log.retained()
        .move(
            topic,
            sequence,
            () -> written.add(parts.log().append(alone, log.retainedAt(topic, false))));
  }

  private void moveQueued(
      long sequence, Message message, List<Claim> claims, List<Future<?>> written) {
    claims.forEach(claim -> claim.session().orElseThrow().lock().lock());
    try {
      List<Claim> needed = claims.stream().filter(claim -> stands(claim, sequence)).toList();
      if (needed.isEmpty()) return;
      List<Copy> copies = new ArrayList<>(needed.size());
      for (Claim claim : needed)
        copies.add(
            new Copy(
                claim.session().orElseThrow().number(),
                claim.entry().orElseThrow().ordinal(),
                claim.entry().orElseThrow().subscription()));
      Message again = new Message(message.publish(), message.at(), false, copies, Optional.empty());
      written.add(parts.log().append(again, new Moved(sequence, needed)));
    } finally {
      claims.forEach(claim -> claim.session().orElseThrow().lock().unlock());
    }
  }

  private static boolean stands(Claim claim, long sequence) {
    Entry entry = claim.entry().orElseThrow();
    return entry.sequence() == sequence && !entry.is(State.GONE) && !entry.is(State.RELEASED);
  }

  /** Messages that stand elsewhere now. */
  private record Moved(long from, List<Claim> claims) implements LogStream.Outcome {
    @Override
    public void kept(long sequence, int length) {
      for (Claim claim : claims) {
        KeptSession session = claim.session().orElseThrow();
        session.lock().lock();
        try {
          if (stands(claim, from))
            session
                .outflow()
                .queue()
                .carriedBy(claim.entry().orElseThrow(), sequence, length / claims.size());
        } finally {
          session.lock().unlock();
        }
      }
    }

    @Override
    public void failed(Throwable cause) {
      // then the front stays as well
    }
  }
}
