package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.storage.JournalRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One go at writing messages anew; it stops early when it has used the room there is for that. */
final class MessageMove {
  private static final int LEAST_LOCKS = 64;
  private static final int BYTES_PER_COPY = 8; // in a record, roughly
  private static final int READ_AT_ONCE = 64;

  private final MessageLog log;
  private final Parts parts;
  private final List<Claim> claims;
  private final Promise<MessageMove> moved = Promise.promise();
  private final long room;
  private long reached;
  private boolean heldUp;
  private long bytes;
  private int next;

  /** Everything that is claimed up to this record, if there is room for it. */
  MessageMove(MessageLog log, List<Claim> claims, long last) {
    this.log = log;
    this.parts = log.parts();
    this.room = parts.log().bytesInOneGo();
    this.claims = claims;
    this.reached = last;
  }

  /** Up to here everything was moved. */
  long reached() {
    return reached;
  }

  /** Whether something can't be moved just now. */
  boolean isHeldUp() {
    return heldUp;
  }

  Future<MessageMove> run() {
    step();
    return moved.future();
  }

  /** One stretch; not a chain of futures, for a long one is deeper than a stack. */
  private void step() {
    if (next >= claims.size() || heldUp) {
      moved.complete(this);
      return;
    }
    long first = claims.get(next).sequence();
    if (bytes >= room) {
      reached = first - 1;
      moved.complete(this);
      return;
    }
    int to = next + 1;
    while (to < claims.size() && claims.get(to).sequence() - first < READ_AT_ONCE) to++;
    List<Claim> some = claims.subList(next, to);
    int limit = (int) (some.get(some.size() - 1).sequence() - first + 1);
    parts
        .log()
        .read(first - 1, limit)
        .compose(records -> move(records, some))
        .onComplete(
            done -> {
              if (done.failed()) moved.fail(done.cause());
              else step();
            });
  }

  /** Large records come a few at a time: what stands behind them has its turn in the next step. */
  private Future<?> move(List<JournalRecord> records, List<Claim> some) {
    long covered =
        records.isEmpty()
            ? some.get(some.size() - 1).sequence()
            : Math.max(some.get(0).sequence(), records.get(records.size() - 1).sequence());
    List<Future<?>> written = new ArrayList<>();
    for (JournalRecord record : records) {
      if (bytes >= room) {
        covered = record.sequence() - 1;
        break;
      }
      List<Claim> of =
          some.stream().filter(claim -> claim.sequence() == record.sequence()).toList();
      Optional<Message> message = of.isEmpty() ? Optional.empty() : message(record);
      if (message.isEmpty()) continue; // what can't be read can't be moved: its end is counted
      if (!move(record.sequence(), message.get(), of, written)) {
        heldUp = true;
        reached = record.sequence() - 1;
        break;
      }
    }
    while (next < claims.size() && claims.get(next).sequence() <= covered) next++;
    parts.meters().moved(written.size());
    return Future.all(written);
  }

  /** A message at the front that somebody still needs: a session's, or the one that is retained. */
  record Claim(long sequence, Optional<KeptSession> session, Optional<Entry> entry) {}

  private Optional<Message> message(JournalRecord record) {
    return parts.reading(record).filter(Message.class::isInstance).map(Message.class::cast);
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
    int most = locksFor(message);
    for (int i = 0; i < queued.size(); i += most)
      moveQueued(sequence, message, queued.subList(i, Math.min(queued.size(), i + most)), written);
    return true;
  }

  /** How many sessions at once: the larger a message, the fewer times it is to be written. */
  private static int locksFor(Message message) {
    return (int) Math.max(LEAST_LOCKS, message.publish().weight() / BYTES_PER_COPY);
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
        .move(topic, sequence, () -> write(alone, log.retainedAt(topic, false), written));
  }

  private void write(Message message, LogStream.Outcome outcome, List<Future<?>> written) {
    bytes += message.publish().weight() + (long) BYTES_PER_COPY * message.copies().size();
    written.add(parts.log().move(message, outcome));
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
      write(again, new Moved(sequence, needed), written);
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
