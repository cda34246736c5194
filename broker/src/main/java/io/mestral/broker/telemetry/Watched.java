package io.mestral.broker.telemetry;

import io.vertx.core.Future;

/** A client's session as operators see it while it is connected. Any thread may ask. */
public interface Watched {
  /** Succeeds with what it holds, when its event loop came round. */
  Future<SessionFigures> figures();

  /** What its queue counts just now, without asking its event loop. */
  long queuedBytes();

  /**
   * Its principal's rights may have changed: its connection ends if it subscribes to what it would
   * not be granted now, for there is no other way to tell the client. Fails when that can't be
   * found out.
   */
  Future<Void> review();

  /** Ends its connection because an operator wants it. */
  void disconnect();
}
