package io.mestral.storage.sql;

import io.vertx.core.Future;

/** What is done in one transaction. */
@FunctionalInterface
public interface Work<T> {
  /**
   * Runs its statements, each after those before it; one that fails is the end of all. It may wait
   * for nothing else than its statements, and be called more than once and on any thread: a
   * transaction that lost a race is tried again.
   */
  Future<T> in(Session session);
}
