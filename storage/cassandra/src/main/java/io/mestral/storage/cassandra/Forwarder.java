package io.mestral.storage.cassandra;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the journal's records into the cluster, in their order, and trims it behind itself. What
 * fails is tried again, for ever: meanwhile the journal keeps it. Used on one context.
 */
final class Forwarder {
  private static final Logger log = LoggerFactory.getLogger(Forwarder.class);
  private static final int RECORDS = 1000;
  private static final int MOST_ROWS = 4000;
  private static final int FEWEST_ROWS = 100;
  private static final int MOST_DELETIONS = 1000;

  /** What comes within this goes together. */
  private static final Duration GATHERING = Duration.ofMillis(25);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Journal journal;
  private final StreamName stream;
  private final Pending pending;
  private final Work work;
  private final Map<Long, Promise<Void>> deletions = new HashMap<>();
  private boolean running;
  private boolean closed;
  private Future<Boolean> turn = Future.succeededFuture(false);
  private Duration pause = Duration.ZERO;
  private int rowsAtOnce = MOST_ROWS;
  private volatile long carried;
  private volatile long last;
  private Promise<Void> idle = Promise.promise();

  /** What is done with records. */
  interface Work {
    /** A former run left it; it will be carried over. */
    void found(Entry entry);

    Future<Void> carry(List<Row> rows);

    Future<Void> delete(Entry.Deletion deletion);

    /** The record says nothing that this version understands; it is set aside. */
    void damaged(long sequence, Entry.Malformed damage);

    /** An attempt failed and will be made again. */
    void failed();
  }

  Forwarder(Vertx vertx, Journal journal, StreamName stream, Pending pending, Work work) {
    this.vertx = vertx;
    this.journal = journal;
    this.stream = stream;
    this.pending = pending;
    this.work = work;
  }

  /** Records that the cluster doesn't have yet; any thread may ask. */
  long backlog() {
    return Math.max(0, last - carried);
  }

  /** Records of those kept until now that the cluster doesn't have yet; any thread may ask. */
  LongSupplier backlogOfNow() {
    long until = last;
    return () -> Math.max(0, until - carried);
  }

  /** Whether the last attempt failed. */
  boolean isFailing() {
    return !pause.isZero();
  }

  /** A record was kept. */
  void kept(long sequence) {
    last = Math.max(last, sequence);
    begin(GATHERING);
  }

  /** Succeeds when this record, a deletion, was carried out. */
  Future<Void> executed(long sequence) {
    if (sequence <= carried) return Future.succeededFuture();
    if (deletions.size() >= MOST_DELETIONS)
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "too many removals wait; they will be made"));
    return deletions.computeIfAbsent(sequence, each -> Promise.promise()).future();
  }

  /** Looks at all that a former run left, takes up what has room in memory, and begins. */
  Future<Void> begin() {
    return restore(0, true).onSuccess(done -> begin(Duration.ZERO));
  }

  private Future<Void> restore(long after, boolean room) {
    return journal
        .read(stream, after, room ? RECORDS : 10 * RECORDS)
        .compose(
            records -> {
              if (records.isEmpty()) return Future.succeededFuture();
              if (after == 0) carried = records.get(0).sequence() - 1;
              boolean taken = room;
              for (JournalRecord record : records) {
                last = record.sequence();
                taken = restore(record, taken);
              }
              return restore(last, taken);
            });
  }

  private boolean restore(JournalRecord record, boolean room) {
    Entry entry;
    try {
      entry = Entry.of(record.body());
    } catch (Entry.Malformed damage) {
      return false; // reported when it is its turn
    }
    work.found(entry);
    return room && pending.offer(record.sequence(), entry);
  }

  private void begin(Duration delay) {
    if (running || closed) return;
    running = true;
    later(delay);
  }

  private void later(Duration delay) {
    vertx.setTimer(Math.max(1, delay.toMillis()), late -> turn());
  }

  private void turn() {
    if (closed) {
      ended();
      return;
    }
    turn = next().compose(chunk -> chunk.isEmpty() ? Future.succeededFuture(false) : carry(chunk));
    turn.onComplete(
        done -> {
          if (done.failed()) {
            failed(done.cause());
          } else {
            succeeded();
            if (done.result() && !closed) later(backlog() > RECORDS ? Duration.ZERO : GATHERING);
            else ended();
          }
        });
  }

  /** Succeeds when what is being carried over now is there, or was tried. */
  Future<Void> turnOver() {
    return turn.<Void>mapEmpty().otherwiseEmpty();
  }

  private void succeeded() {
    if (!pause.isZero()) log.info("the cluster takes readings again; {} records wait", backlog());
    pause = Duration.ZERO;
    rowsAtOnce = Math.min(MOST_ROWS, rowsAtOnce + rowsAtOnce / 8);
  }

  private void failed(Throwable failure) {
    work.failed();
    if (pause.isZero())
      log.warn("the cluster takes no readings; they wait in the journal", failure);
    pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    if (pause.compareTo(LONGEST_PAUSE) > 0) pause = LONGEST_PAUSE;
    rowsAtOnce = Math.max(FEWEST_ROWS, rowsAtOnce / 4); // a slow cluster may manage fewer
    later(pause);
  }

  private void ended() {
    running = false;
    Promise<Void> waited = idle;
    idle = Promise.promise();
    waited.complete();
    if (last > carried) begin(GATHERING);
  }

  /** Records that follow one another: rows, or one of another kind. */
  private record Chunk(long last, List<Row> rows, Optional<Entry> other) {
    boolean isEmpty() {
      return last == 0;
    }
  }

  /** What comes next; when that many cannot be read any more, those behind them come next. */
  private Future<Chunk> next() {
    List<Pending.Held> held = pending.from(carried + 1, RECORDS);
    if (!held.isEmpty()) return Future.succeededFuture(chunk(held));
    long kept = last;
    return journal
        .read(stream, carried, RECORDS)
        .map(
            records -> {
              if (records.isEmpty()) carried = Math.max(carried, Math.min(kept, carried + RECORDS));
              return chunk(decoded(records));
            });
  }

  private List<Pending.Held> decoded(List<JournalRecord> records) {
    List<Pending.Held> held = new ArrayList<>();
    for (JournalRecord record : records) {
      Entry entry;
      try {
        entry = Entry.of(record.body());
      } catch (Entry.Malformed damage) {
        work.damaged(record.sequence(), damage);
        entry = new Entry.Unreadable(record.body());
      }
      held.add(new Pending.Held(record.sequence(), entry));
    }
    return held;
  }

  private Chunk chunk(List<Pending.Held> held) {
    List<Row> rows = new ArrayList<>();
    long last = 0;
    for (Pending.Held each : held) {
      if (!(each.entry() instanceof Entry.Rows some)) {
        if (last == 0) return new Chunk(each.sequence(), List.of(), Optional.of(each.entry()));
        break;
      }
      rows.addAll(some.rows());
      last = each.sequence();
      if (rows.size() >= rowsAtOnce) break;
    }
    return new Chunk(last, rows, Optional.empty());
  }

  private Future<Boolean> carry(Chunk chunk) {
    return workOn(chunk)
        .compose(
            carriedOver -> {
              carried = chunk.last;
              last = Math.max(last, carried);
              pending.written(carried);
              Promise<Void> waiting = deletions.remove(carried);
              if (waiting != null) waiting.tryComplete();
              return journal.trim(stream, carried).map(true);
            });
  }

  private Future<Void> workOn(Chunk chunk) {
    if (chunk.other.isEmpty()) return work.carry(chunk.rows);
    return chunk.other.get() instanceof Entry.Unreadable unreadable
        ? journal.setAside(stream, new JournalRecord(chunk.last, unreadable.body()))
        : work.delete((Entry.Deletion) chunk.other.get());
  }

  /** Succeeds when nothing is left to be carried, for now. */
  Future<Void> settled() {
    return running ? idle.future().compose(done -> settled()) : Future.succeededFuture();
  }

  /** Ends after what is under way; the rest stays in the journal. */
  Future<Void> close() {
    closed = true;
    deletions
        .values()
        .forEach(
            waiting ->
                waiting.tryFail(
                    new RefusedException(Refusal.UNAVAILABLE, "the store is being closed")));
    return running && pause.isZero() ? idle.future() : Future.succeededFuture();
  }
}
