package io.mestral.verticles.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes a message by reference. What travels here never changes after it was sent. */
final class LocalCodec implements MessageCodec<Object, Object> {
  static final String NAME = "mestral-local";

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new UnsupportedOperationException(
        message.getClass().getName() + " has no wire form: it stays on its node");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("nothing of this codec comes over the wire");
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1; // not one of Vert.x' own
  }
}
