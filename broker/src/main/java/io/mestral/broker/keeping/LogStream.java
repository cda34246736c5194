package io.mestral.broker.keeping;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The stream of the journal that all sessions share, and how long it is. Any thread may use it. */
final class LogStream {
  static final StreamName NAME = new StreamName("mqtt");

  private static final int RECORDS_PER_STRETCH_BITS = 10;
  private static final int OVERHEAD = 25; // bytes the journal puts around a record, roughly

  private final Journal journal;
  private final ConcurrentNavigableMap<Long, AtomicLong> stretches = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong keptFrom = new AtomicLong(Long.MAX_VALUE);
  private final AtomicReference<Watch> watch = new AtomicReference<>(new Watch());

  LogStream(Journal journal) {
    this.journal = journal;
  }

  /** What is done with the outcome of an append, before anybody else learns of it. */
  interface Outcome {
    /** The record is on disk. */
    void kept(long sequence, int length);

    /** It is not. */
    void failed(Throwable cause);
  }

  /** Appends that were begun within one period, to know when all of them have their outcome. */
  private static final class Watch {
    final AtomicLong open = new AtomicLong(1);
    final Promise<Void> over = Promise.promise();

    boolean enter() {
      return open.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void leave() {
      if (open.decrementAndGet() == 0) over.complete();
    }
  }

  /** Writes it down; succeeds with its sequence once it is on disk. */
  Future<Long> append(LogEntry entry) {
    return append(
        entry,
        new Outcome() {
          @Override
          public void kept(long sequence, int length) {
            // the future says it all
          }

          @Override
          public void failed(Throwable cause) {
            // the future says it all
          }
        });
  }

  /** Writes it down; the future completes after the outcome was seen to. */
  Future<Long> append(LogEntry entry, Outcome outcome) {
    return append(entry, outcome, entry.isAnEnd());
  }

  /** Writes something down anew, so that the front of the stream can go. */
  Future<Long> move(LogEntry entry, Outcome outcome) {
    return append(entry, outcome, true);
  }

  private Future<Long> append(LogEntry entry, Outcome outcome, boolean frees) {
    Buffer record = LogWriter.write(entry);
    int length = record.length() + OVERHEAD;
    Watch period = enter();
    return (frees ? journal.appendFreeing(NAME, record) : journal.append(NAME, record))
        .onComplete(
            done -> {
              try {
                if (done.succeeded()) {
                  longer(done.result(), length);
                  outcome.kept(done.result(), length);
                } else {
                  outcome.failed(done.cause());
                }
              } finally {
                period.leave();
              }
            });
  }

  /**
   * Has {@link #settled} wait for something that takes several records, until what is returned is
   * run.
   */
  Runnable hold() {
    return enter()::leave;
  }

  private Watch enter() {
    while (true) {
      Watch current = watch.get();
      if (current.enter()) return current;
    }
  }

  /** Succeeds when every append that was begun before has its outcome, and that was seen to. */
  Future<Void> settled() {
    Watch before = watch.getAndSet(new Watch());
    before.leave();
    return before.over.future();
  }

  /** A record is there. */
  void longer(long sequence, int length) {
    bytes.addAndGet(length);
    last.accumulateAndGet(sequence, Math::max);
    stretches
        .computeIfAbsent(sequence >>> RECORDS_PER_STRETCH_BITS, stretch -> new AtomicLong())
        .addAndGet(length);
  }

  /** Records with a sequence above this one, ascending; fewer when they are large. */
  Future<List<JournalRecord>> read(long after, int limit) {
    return journal.read(NAME, after, limit);
  }

  /**
   * Keeps a record apart that says nothing this version understands; if that fails it isn't let go
   * of before the next start, which tries again.
   */
  Future<Void> setAside(JournalRecord record) {
    Watch period = enter();
    return journal
        .setAside(NAME, record)
        .onFailure(cause -> keptFrom.accumulateAndGet(record.sequence(), Math::min))
        .onComplete(done -> period.leave());
  }

  /** Lets go of everything up to this record. */
  Future<Void> trim(long end) {
    long upTo = Math.min(end, keptFrom.get() - 1);
    Map<Long, AtomicLong> gone = stretches.headMap((upTo + 1) >>> RECORDS_PER_STRETCH_BITS, false);
    for (AtomicLong stretch : gone.values()) bytes.addAndGet(-stretch.get());
    gone.clear();
    return journal.trim(NAME, upTo);
  }

  /** How long it is, about. */
  long bytes() {
    return bytes.get();
  }

  /** Bytes of the journal, which can't be given back before the front of this stream is. */
  long journalBytes() {
    return journal.size();
  }

  /** Whether so much of the journal is taken that the front of this stream should go. */
  boolean isJournalFilling() {
    return journal.size() > journal.maxSize() / 4;
  }

  /** Bytes that are moved before the front goes: a part of what the journal leaves to that. */
  long bytesInOneGo() {
    return journal.maxSize() / 32;
  }

  /** The newest record. */
  long last() {
    return last.get();
  }

  /** The record below which about half of the bytes stand. */
  long middle() {
    long half = bytes.get() / 2;
    long passed = 0;
    for (Map.Entry<Long, AtomicLong> stretch : stretches.entrySet()) {
      passed += stretch.getValue().get();
      long end = (stretch.getKey() + 1 << RECORDS_PER_STRETCH_BITS) - 1;
      if (passed >= half) return Math.min(end, last.get());
    }
    return 0;
  }

  static int lengthOf(JournalRecord record) {
    return record.body().length() + OVERHEAD;
  }
}
