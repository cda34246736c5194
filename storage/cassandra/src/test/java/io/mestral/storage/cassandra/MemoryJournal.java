package io.mestral.storage.cassandra;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded journal that outlives the stores it is given to, one after the other, and no more. Like
 * a real one it is one log, which takes what lies behind the oldest record that is needed.
 */
final class MemoryJournal implements Journal {
  private final long maxSize;
  private final AtomicLong written = new AtomicLong();
  private final Map<StreamName, Stream> streams = new ConcurrentHashMap<>();
  private final Map<Long, JournalRecord> aside = new ConcurrentSkipListMap<>();
  private volatile boolean trims = true;
  private volatile boolean keepsRoom = true;

  private record Placed(long start, Buffer body) {}

  private static final class Stream {
    private final AtomicLong last = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Placed> records = new ConcurrentSkipListMap<>();
  }

  MemoryJournal(long maxSize) {
    this.maxSize = maxSize;
  }

  /** Whether trimming is done, or lost as by a kill before it. */
  void trims(boolean trims) {
    this.trims = trims;
  }

  /** Whether there is room for what makes room. */
  void keepsRoom(boolean keepsRoom) {
    this.keepsRoom = keepsRoom;
  }

  int records(StreamName stream) {
    return of(stream).records.size();
  }

  private Stream of(StreamName name) {
    return streams.computeIfAbsent(name, each -> new Stream());
  }

  @Override
  public Future<Long> append(StreamName stream, Buffer body) {
    return append(stream, body, maxSize - maxSize / 8);
  }

  @Override
  public Future<Long> appendFreeing(StreamName stream, Buffer body) {
    return append(stream, body, keepsRoom ? maxSize : 0);
  }

  private Future<Long> append(StreamName name, Buffer body, long room) {
    if (size() + body.length() > room)
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "the journal is full"));
    Stream stream = of(name);
    long sequence = stream.last.incrementAndGet();
    stream.records.put(sequence, new Placed(written.getAndAdd(body.length()), body.copy()));
    return Future.succeededFuture(sequence);
  }

  @Override
  public Future<List<JournalRecord>> read(StreamName stream, long after, int limit) {
    return Future.succeededFuture(
        of(stream).records.tailMap(after, false).entrySet().stream()
            .limit(limit)
            .map(record -> new JournalRecord(record.getKey(), record.getValue().body))
            .toList());
  }

  @Override
  public Future<Void> trim(StreamName stream, long upTo) {
    if (!trims) return Future.succeededFuture();
    of(stream).records.headMap(upTo, true).clear();
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> setAside(StreamName stream, JournalRecord record) {
    aside.put(record.sequence(), record);
    return Future.succeededFuture();
  }

  /** What was set aside. */
  Collection<JournalRecord> aside() {
    return aside.values();
  }

  @Override
  public Future<Long> heldBy(Collection<StreamName> names) {
    return Future.succeededFuture(
        names.stream()
            .flatMap(name -> of(name).records.values().stream())
            .mapToLong(placed -> placed.body.length())
            .sum());
  }

  @Override
  public long size() {
    long end = written.get();
    return streams.values().stream()
        .map(stream -> stream.records.firstEntry())
        .filter(Objects::nonNull)
        .mapToLong(oldest -> end - oldest.getValue().start)
        .max()
        .orElse(0);
  }

  @Override
  public long maxSize() {
    return maxSize;
  }

  @Override
  public Future<Void> check() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
