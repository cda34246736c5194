package io.mestral.storage.postgresql.client;

import io.vertx.core.Future;

/** What is done in one transaction. */
@FunctionalInterface
public interface Work<T> {
  /** May be called more than once: a transaction that lost a race is tried again. */
  Future<T> in(Session session);
}
