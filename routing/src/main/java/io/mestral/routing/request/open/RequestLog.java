package io.mestral.routing.request.open;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.Steps;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's stream of requests. A record is held as long as its {@link Place} is; those that
 * are held long are written anew at the end, so that they don't hold up the rest of the journal.
 * For one event loop.
 */
final class RequestLog {
  static final StreamName STREAM = new StreamName("smartapi");
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final int BATCH = 200;
  private static final long MOST_HELD = 32L << 20;

  private final Journal journal;
  private final TreeMap<Long, Place> held = new TreeMap<>();
  private long last;

  RequestLog(Journal journal) {
    this.journal = journal;
  }

  /** Where a record stands. */
  static final class Place {
    private long sequence;

    private Place(long sequence) {
      this.sequence = sequence;
    }
  }

  /** Reads all that is kept, in its order. */
  Future<Void> replay(BiConsumer<LogRecord, Place> reader) {
    return Steps.until(
        () ->
            journal
                .read(STREAM, last, BATCH)
                .compose(
                    records -> {
                      List<Future<Void>> aside = new ArrayList<>();
                      for (JournalRecord record : records) take(record, reader, aside);
                      return Future.all(aside).map(done -> records.isEmpty());
                    }));
  }

  private void take(
      JournalRecord record, BiConsumer<LogRecord, Place> reader, List<Future<Void>> aside) {
    last = Math.max(last, record.sequence());
    try {
      LogRecord read = LogRecord.decoded(record.body());
      reader.accept(read, hold(record.sequence()));
    } catch (RuntimeException unreadable) {
      LOG.error("record {} of Smart API requests can't be read", record.sequence(), unreadable);
      aside.add(journal.setAside(STREAM, record));
    }
  }

  private Place hold(long sequence) {
    Place place = new Place(sequence);
    held.put(sequence, place);
    last = Math.max(last, sequence);
    return place;
  }

  /** Writes something down; succeeds when it is on disk. */
  Future<Place> write(LogRecord record) {
    return journal.append(STREAM, record.encoded()).map(this::hold);
  }

  /** The same for what makes other records needless. */
  Future<Place> writeEnd(LogRecord record) {
    return journal.appendFreeing(STREAM, record.encoded()).map(this::hold);
  }

  /** A record isn't needed any more. */
  void release(Place place) {
    held.remove(place.sequence, place);
  }

  /** Reads a record again. */
  Future<Optional<LogRecord>> read(Place place) {
    return journal
        .read(STREAM, place.sequence - 1, 1)
        .map(
            found ->
                found.stream()
                    .filter(one -> one.sequence() == place.sequence)
                    .map(one -> LogRecord.decoded(one.body()))
                    .findFirst());
  }

  /** Gives back what nobody needs, and moves what is old out of the way. */
  Future<Void> tidy() {
    return journal
        .heldBy(List.of(STREAM))
        .compose(bytes -> bytes > MOST_HELD ? moveOldest() : Future.succeededFuture())
        .compose(done -> journal.trim(STREAM, held.isEmpty() ? last : held.firstKey() - 1));
  }

  private Future<Void> moveOldest() {
    List<Place> oldest = held.values().stream().limit(BATCH).toList();
    return Steps.forEach(oldest, this::move);
  }

  private Future<Void> move(Place place) {
    long from = place.sequence;
    return journal
        .read(STREAM, from - 1, 1)
        .compose(
            found -> {
              Optional<Buffer> body =
                  found.stream()
                      .filter(one -> one.sequence() == from)
                      .map(JournalRecord::body)
                      .findFirst();
              return body.isEmpty()
                  ? Future.succeededFuture()
                  : journal.appendFreeing(STREAM, body.get()).map(to -> moved(place, from, to));
            });
  }

  private Void moved(Place place, long from, long to) {
    last = Math.max(last, to);
    if (!held.remove(from, place)) return null; // released meanwhile
    place.sequence = to;
    held.put(to, place);
    return null;
  }
}
