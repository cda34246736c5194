package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * A SQLite database asked from event loops: work waits in bounded queues for the threads that own
 * the connections, and its outcome is told on the context that asked. A write's future succeeds
 * when its transaction is committed and synced; reads begun after that see it.
 */
public final class Database {
  /** How many units may wait to be written. */
  public static final int MAX_WRITES = 4096;

  /** How many units may wait to be read. */
  public static final int MAX_READS = 16_384;

  private static final int READERS = 2;

  private final Vertx vertx;
  private final UnitQueue writes = new UnitQueue(MAX_WRITES);
  private final UnitQueue reads = new UnitQueue(MAX_READS);
  private final Writer writer;
  private final LongAdder refused = new LongAdder();
  private final CompletableFuture<Void> readersEnded;
  private final CompletableFuture<Void> writerEnded;

  private Database(
      Vertx vertx, SqliteSession writer, List<SqliteSession> readers, SqlFailures failures) {
    this.vertx = vertx;
    this.writer = new Writer(writes, writer, failures);
    writerEnded = started("mestral-metadata", this.writer);
    List<CompletableFuture<Void>> ended = new ArrayList<>();
    for (SqliteSession session : readers) {
      String name = "mestral-metadata-reader-" + (ended.size() + 1);
      ended.add(started(name, new Reader(reads, session, failures)));
    }
    readersEnded = CompletableFuture.allOf(ended.toArray(CompletableFuture[]::new));
  }

  /** Starts the threads; {@code writer} is theirs from now on, and closed in the end. */
  public static Database start(Vertx vertx, Path file, SqliteSession writer, SqlFailures failures)
      throws SQLException {
    List<SqliteSession> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) readers.add(SqliteSession.reading(file));
    } catch (SQLException broken) {
      readers.forEach(SqliteSession::discard);
      writer.discard();
      throw broken;
    }
    return new Database(vertx, writer, readers, failures);
  }

  /** Reads; fails as {@link #write} does. */
  public <T> Future<T> read(Work<T> work) {
    return submit(reads, work);
  }

  /**
   * Writes. Fails with a {@link io.mestral.storage.Conflict} when something unique is taken, with
   * {@code UNAVAILABLE} when too much waits or the disk fails; nothing was changed then.
   */
  public <T> Future<T> write(Work<T> work) {
    return submit(writes, work);
  }

  /** Finishes what waits, then ends the threads; the last connection to close trims the WAL. */
  public Future<Void> close() {
    reads.close();
    CompletableFuture<Void> closed =
        readersEnded.thenCompose(
            done -> {
              writes.close();
              return writerEnded;
            });
    return Future.fromCompletionStage(closed, vertx.getOrCreateContext());
  }

  /** Grows whenever rows were changed. */
  public long changes() {
    return writer.changes();
  }

  /** How many writes wait just now. */
  public int waitingWrites() {
    return writes.size();
  }

  /** How many reads wait just now. */
  public int waitingReads() {
    return reads.size();
  }

  /** How many units were refused because too many waited, or the database was closed. */
  public long refused() {
    return refused.sum();
  }

  private <T> Future<T> submit(UnitQueue queue, Work<T> work) {
    Unit<T> unit = new Unit<>(work, vertx.getOrCreateContext());
    if (queue.offer(unit)) return unit.outcome();
    refused.increment();
    return Future.failedFuture(
        new RefusedException(Refusal.UNAVAILABLE, "the metadata store is busy or closed"));
  }

  private static CompletableFuture<Void> started(String name, Runnable work) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                ended.complete(null);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return ended;
  }
}
