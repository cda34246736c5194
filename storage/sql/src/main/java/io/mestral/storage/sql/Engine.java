package io.mestral.storage.sql;

import io.vertx.core.Future;

/**
 * A database. Whoever asks has an answer: a {@link io.mestral.storage.Conflict} when something
 * unique is taken, {@code PROTOCOL_ERROR} when something refers to nothing, {@code UNAVAILABLE}
 * when too much waits or the database is away or broken.
 */
public interface Engine {
  /** Reads, by one statement or more that need not see the same state. */
  <T> Future<T> read(Work<T> work);

  /**
   * Writes in one transaction, after what was asked before about the same thing. What was written
   * is seen by reads that begin when the future has succeeded.
   *
   * @param thing the number of what is written about
   */
  <T> Future<T> write(long thing, Work<T> work);

  /** The same with a single statement, which needs nothing around it to be a transaction. */
  <T> Future<T> writeAlone(long thing, Work<T> work);

  /** How it wants to be spoken to. */
  Dialect dialect();
}
