package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.mestral.verticles.ingestion.ForwardQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Batches that wait to be forwarded, in a stream of the journal. No more waits than a quarter of
 * the journal: what stands still here must not keep others from writing. Any thread may add.
 */
public final class ForwardingStream implements ForwardQueue {
  private static final StreamName NAME = new StreamName("forwarding");
  private static final int SHARE = 4;
  private static final int AT_ONCE = 1_000;

  /** Readings in a message: as JSON half a megabyte, which every client takes. */
  private static final int LARGEST = 5_000;

  private final Journal journal;
  private final AtomicLong waiting = new AtomicLong();
  private volatile Runnable listener = () -> {};

  /** A stream of this journal, its length shown as {@code mestral.forwarding.waiting.bytes}. */
  public ForwardingStream(Journal journal, MeterRegistry meters) {
    this.journal = journal;
    Gauge.builder("mestral.forwarding.waiting.bytes", waiting, AtomicLong::get).register(meters);
  }

  /** Counts what a former run left; succeeds when batches may be added. */
  public Future<Void> open() {
    return count(0);
  }

  private Future<Void> count(long after) {
    return journal
        .read(NAME, after, AT_ONCE)
        .compose(
            records -> {
              if (records.isEmpty()) return Future.succeededFuture();
              waiting.addAndGet(bytes(records));
              return count(records.get(records.size() - 1).sequence());
            });
  }

  @Override
  public Future<Void> add(DeviceId device, List<Reading> readings) {
    if (readings.size() <= LARGEST) return append(new ForwardBatch(device, readings));
    List<Future<Void>> parts = new ArrayList<>();
    for (int from = 0; from < readings.size(); from += LARGEST) {
      int to = Math.min(from + LARGEST, readings.size());
      parts.add(append(new ForwardBatch(device, readings.subList(from, to))));
    }
    return Future.join(parts).mapEmpty();
  }

  private Future<Void> append(ForwardBatch batch) {
    Buffer body = batch.encoded();
    if (waiting.addAndGet(body.length()) > journal.maxSize() / SHARE) {
      waiting.addAndGet(-body.length());
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "too much waits to be forwarded"));
    }
    return journal
        .append(NAME, body)
        .onSuccess(kept -> listener.run())
        .onFailure(failure -> waiting.addAndGet(-body.length()))
        .mapEmpty();
  }

  /** Has this run whenever a batch was added, on any thread. */
  void onAdded(Runnable told) {
    listener = told;
  }

  /** The batches behind a number, in their order. */
  Future<List<JournalRecord>> next(long after, int limit) {
    return journal.read(NAME, after, limit);
  }

  /** These, the next in order, are done with. */
  Future<Void> done(List<JournalRecord> records) {
    return journal
        .trim(NAME, records.get(records.size() - 1).sequence())
        .onSuccess(trimmed -> waiting.addAndGet(-bytes(records)));
  }

  private static long bytes(List<JournalRecord> records) {
    return records.stream().mapToLong(record -> record.body().length()).sum();
  }
}
