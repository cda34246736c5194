package io.mestral.broker.wire;

import io.mestral.model.outcome.Refusal;

/** A packet that can't be taken. It ends the connection, so it needs no stack trace. */
final class BrokenPacket extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int reason;

  BrokenPacket(int reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static BrokenPacket malformed(String message) {
    return new BrokenPacket(Refusal.MALFORMED.mqttReason(), message);
  }

  static BrokenPacket protocolError(String message) {
    return new BrokenPacket(Refusal.PROTOCOL_ERROR.mqttReason(), message);
  }

  int reason() {
    return reason;
  }
}
