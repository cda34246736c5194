package io.mestral.node.command;

import io.mestral.config.MestralConfig;
import io.mestral.node.RunningNode;
import io.vertx.core.Future;

/** Starts a node. */
@FunctionalInterface
public interface NodeStarter {
  /**
   * Succeeds once every listener accepts; fails with a {@link io.mestral.node.StartFailure} when
   * the operator can do something about it.
   */
  Future<? extends RunningNode> start(MestralConfig config);
}
