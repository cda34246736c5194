package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.storage.JournalRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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

  private final KeptSessions sessions;
  private final MessageLog log;
  private final Parts parts;
  private final AtomicBoolean busy = new AtomicBoolean();

  Cleaner(KeptSessions sessions, MessageLog log) {
    this.sessions = sessions;
    this.log = log;
    this.parts = log.parts();
  }

  /** A message at the front that somebody still needs: a session's, or the one that is retained. */
  private record Claim(long sequence, Optional<KeptSession> session, Optional<Entry> entry) {}

  /** Cleans when most of the stream isn't needed; once at a time. */
  void cleanIfItPays() {
    if (!pays() || !busy.compareAndSet(false, true)) return;
    clean()
        .onFailure(cause -> LOG.warn("the front of the stream has to stay: {}", cause.getMessage()))
        .onComplete(done -> busy.set(false));
  }

  private boolean pays() {
    long live = Math.max(0, parts.totals().live());
    long most = Math.min(FACTOR * live, live + parts.options().cleanSlack());
    return parts.log().bytes() > Math.max(parts.options().cleanFrom(), most);
  }

  /** Succeeds when the older half of the stream is gone, or as much of it as can be moved. */
  Future<Void> clean() {
    long middle = parts.log().middle();
    return parts.log().settled().compose(settled -> moveUpTo(middle));
  }

  private Future<Void> moveUpTo(long middle) {
    List<Claim> claims = claims(middle);
    long last = claims.size() > MOST_CLAIMS ? claims.get(MOST_CLAIMS).sequence() - 1 : middle;
    if (last < 1) return Future.succeededFuture();
    claims.removeIf(claim -> claim.sequence() > last);
    return moveSessions(last)
        .compose(moved -> moveMessages(claims, 0, last))
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
    Future<Void> done = Future.succeededFuture();
    List<Future<?>> underWay = new ArrayList<>();
    for (KeptSession session : sessions.kept()) {
      underWay.addAll(rewrite(session, last));
      if (underWay.size() < MOST_UNDER_WAY) continue;
      done = Future.all(List.of(done, Future.all(List.copyOf(underWay)))).mapEmpty();
      underWay.clear();
    }
    parts.meters().moved(underWay.size());
    return underWay.isEmpty() ? done : Future.all(List.of(done, Future.all(underWay))).mapEmpty();
  }

  private List<Future<?>> rewrite(KeptSession session, long last) {
    List<Future<?>> written = new ArrayList<>();
    session.lock().lock();
    try {
      if (session.hasEnded()) return written;
      if (session.place().isUpTo(last)) written.add(session.writeState());
      for (Map.Entry<TopicFilter, KeptSession.Grant> grant : session.grants().entrySet())
        if (grant.getValue().place().isUpTo(last)) written.add(session.writeGrant(grant.getKey()));
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
  private Future<Long> moveMessages(List<Claim> claims, int from, long last) {
    if (from >= claims.size()) return Future.succeededFuture(last);
    int to = from + 1;
    long first = claims.get(from).sequence();
    while (to < claims.size() && claims.get(to).sequence() - first < READ_AT_ONCE) to++;
    List<Claim> some = claims.subList(from, to);
    int next = to;
    int limit = (int) (some.get(some.size() - 1).sequence() - first + 1);
    return parts
        .log()
        .read(first - 1, limit)
        .compose(records -> move(records, some))
        .compose(
            reached ->
                reached < 0 ? moveMessages(claims, next, last) : Future.succeededFuture(reached));
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
