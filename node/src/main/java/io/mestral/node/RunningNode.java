package io.mestral.node;

import io.vertx.core.Future;

/** A node that accepts connections. */
public interface RunningNode {
  /** Where it listens. */
  ReadyLine ready();

  /**
   * Stops gracefully. Succeeds when everything acknowledged is on disk and the folder is free;
   * fails when that can't be said.
   */
  Future<Void> stop();
}
