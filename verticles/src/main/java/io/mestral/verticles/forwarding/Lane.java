package io.mestral.verticles.forwarding;

import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of the journal in which batches wait, in the order of their numbers: each in a record
 * of its own when they came, in packs when they were moved. Its reader's, but for appending.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final int RECORDS = 64;

  private final Journal journal;
  private final StreamName name;
  private final boolean packed;
  private long passed;
  private boolean empty;

  private Lane(Journal journal, String name, boolean packed) {
    this.journal = journal;
    this.name = new StreamName(name);
    this.packed = packed;
  }

  /** Where batches come. */
  static Lane ofArrivals(Journal journal) {
    return new Lane(journal, "forwarding", false);
  }

  /** Where batches are moved that had to make way. */
  static Lane ofMoved(Journal journal, String name) {
    return new Lane(journal, name, true);
  }

  StreamName name() {
    return name;
  }

  /** A batch has come; on any thread. */
  Future<Long> append(Buffer body) {
    return journal.append(name, body);
  }

  /** Takes a pack, also when the journal is full: where it stood before room is made by that. */
  Future<Void> take(Buffer pack) {
    empty = false;
    return journal.appendFreeing(name, pack).mapEmpty();
  }

  /** Some of those that are not done with, from the first on; none when there is none. */
  Future<List<Waiting>> next() {
    if (empty) return Future.succeededFuture(List.of());
    return records(packed ? 1 : RECORDS)
        .map(
            records -> {
              empty = packed && records.isEmpty(); // others may add to what isn't
              return batches(records);
            });
  }

  /** The records of those. */
  Future<List<JournalRecord>> records(int limit) {
    return after(passed, limit);
  }

  /** Records behind a sequence. */
  Future<List<JournalRecord>> after(long sequence, int limit) {
    return journal.read(name, sequence, limit);
  }

  List<Waiting> batches(List<JournalRecord> records) {
    List<Waiting> batches = new ArrayList<>();
    for (JournalRecord record : records)
      if (packed) batches.addAll(Pack.read(this, record.sequence(), record.body()));
      else
        batches.add(new Waiting(this, record.sequence(), true, record.sequence(), record.body()));
    return batches;
  }

  /** Everything up to this record is done with; what can't be let go now goes with the next. */
  Future<Void> done(long upTo) {
    if (upTo <= passed) return Future.succeededFuture();
    passed = upTo;
    return journal
        .trim(name, upTo)
        .otherwise(
            failure -> {
              log.warn("stream {} is trimmed later: {}", name, failure.getMessage());
              return null;
            });
  }

  /** Keeps a batch apart that nobody can read. */
  Future<Void> setAside(Waiting batch) {
    return journal.setAside(name, new JournalRecord(batch.sequence(), batch.body()));
  }
}
