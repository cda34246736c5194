package io.mestral.node;

import io.vertx.core.Future;

/** A node that accepts connections. */
public interface RunningNode {
  /** Where it listens. */
  ReadyLine ready();

  /**
   * Stops gracefully. Succeeds when everything acknowledged is on disk and the folder is free;
   * fails when that can't be said. The future must complete although the event loops are gone by
   * then: return what {@code vertx.close()} returns, not something chained to an earlier future.
   */
  Future<Void> stop();
}
