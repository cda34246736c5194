package io.mestral.broker.connection;

import io.mestral.broker.session.Courier;
import io.mestral.broker.telemetry.Traffic;
import io.vertx.core.Context;

/** What the connections of one event loop share. */
record Loop(Context context, Courier courier, FrameCache frames, Traffic traffic) {
  /** For the event loop that this is called on. */
  static Loop here(Context context, Traffic traffic) {
    return new Loop(context, new Courier(context), new FrameCache(context), traffic);
  }
}
