package io.mestral.broker.keeping;

import io.mestral.model.mqtt.Publish;
import io.mestral.storage.JournalRecord;
import io.vertx.core.AsyncResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the bodies read that a queue needs next; one reading at a time. Under the session's lock. */
final class BodyReader {
  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);

  private final ReentrantLock lock;
  private final Parts parts;
  private final MessageQueue queue;
  private Consumer<Boolean> whenRead;
  private boolean reading;

  /**
   * @param whenRead told, without the lock, whether a reading succeeded
   */
  BodyReader(ReentrantLock lock, Parts parts, MessageQueue queue, Consumer<Boolean> whenRead) {
    this.lock = lock;
    this.parts = parts;
    this.queue = queue;
    this.whenRead = whenRead;
  }

  /** Has somebody else told from now on, also of a reading under way. */
  void whenRead(Consumer<Boolean> other) {
    whenRead = other;
  }

  boolean isReading() {
    return reading;
  }

  void read(long now) {
    if (reading) return;
    List<Entry> entries = queue.toRead(now);
    if (entries.isEmpty()) return;
    reading = true;
    long first = entries.get(0).sequence();
    long last = entries.get(entries.size() - 1).sequence();
    Map<Long, Entry> wanted = new HashMap<>();
    for (Entry entry : entries) wanted.put(entry.sequence(), entry);
    parts.log().read(first - 1, (int) (last - first + 1)).onComplete(done -> onRead(wanted, done));
  }

  private void onRead(Map<Long, Entry> wanted, AsyncResult<List<JournalRecord>> done) {
    Map<Long, Publish> bodies = done.succeeded() ? bodies(done.result(), wanted) : Map.of();
    Consumer<Boolean> told;
    lock.lock();
    try {
      reading = false;
      told = whenRead;
      if (done.succeeded()) take(wanted, bodies, done.result());
    } finally {
      lock.unlock();
    }
    if (done.failed()) LOG.error("queued messages can't be read: {}", done.cause().toString());
    told.accept(done.succeeded());
  }

  private Map<Long, Publish> bodies(List<JournalRecord> records, Map<Long, Entry> wanted) {
    Map<Long, Publish> bodies = new HashMap<>();
    for (JournalRecord record : records)
      if (wanted.containsKey(record.sequence()))
        parts
            .reading(record)
            .filter(LogEntry.Message.class::isInstance)
            .ifPresent(
                entry -> bodies.put(record.sequence(), ((LogEntry.Message) entry).publish()));
    return bodies;
  }

  /** What stands behind the last record is read the next time. */
  private void take(
      Map<Long, Entry> wanted, Map<Long, Publish> bodies, List<JournalRecord> records) {
    long last = records.isEmpty() ? Long.MAX_VALUE : records.get(records.size() - 1).sequence();
    wanted.forEach(
        (sequence, entry) -> {
          if (sequence <= last) take(entry, sequence, bodies.get(sequence));
        });
  }

  /** One that was moved meanwhile is read again where it is now. */
  private void take(Entry entry, long sequence, Publish body) {
    if (entry.sequence() != sequence) return;
    if (body == null) queue.unreadable(entry);
    else queue.body(entry, body);
  }
}
