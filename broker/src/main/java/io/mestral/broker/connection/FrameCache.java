package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.model.mqtt.Publish;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import java.util.List;

/**
 * A message for many subscribers is encoded once for all of them that read the same bytes: those of
 * one protocol family at QoS 0. It keeps the frames of one message at a time, from its second
 * receiver on, until the event loop comes round; a message for one receiver pays nothing.
 */
final class FrameCache {
  private final Context context;
  private final ByteBuf[] shared = new ByteBuf[2];
  private Publish latest;
  private boolean hasFrames;

  FrameCache(Context context) {
    this.context = context;
  }

  /** The frame of a QoS 0 message; the caller owns it. */
  ByteBuf frame(Publish message, ProtocolVersion version, Frames frames) {
    if (message != latest) {
      if (hasFrames) forget();
      latest = message;
      return frames.publish(message, false, 0, List.of());
    }
    int family = version.isV5() ? 1 : 0;
    if (shared[family] == null) {
      shared[family] = frames.publish(message, false, 0, List.of());
      hasFrames = true;
      context.runOnContext(turn -> forget());
    }
    return shared[family].retainedDuplicate();
  }

  private void forget() {
    latest = null;
    hasFrames = false;
    for (int family = 0; family < shared.length; family++) {
      if (shared[family] != null) shared[family].release();
      shared[family] = null;
    }
  }
}
