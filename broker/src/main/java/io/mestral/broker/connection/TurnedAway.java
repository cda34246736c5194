package io.mestral.broker.connection;

import io.mestral.broker.wire.Packet.Broken;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/**
 * Why a client isn't let in.
 *
 * @param code the MQTT 5 reason code
 * @param words for the people behind the client; may be empty
 */
record TurnedAway(int code, String words) {
  static TurnedAway because(Refusal refusal, String words) {
    return new TurnedAway(refusal.mqttReason(), words);
  }

  static TurnedAway because(Broken packet) {
    return new TurnedAway(packet.reason(), packet.explanation());
  }

  /** A failed check; credentials that don't hold are never commented. */
  static TurnedAway because(Throwable failure) {
    Refusal refusal = Refusal.of(failure);
    boolean open = failure instanceof Refusing && refusal != Refusal.BAD_CREDENTIALS;
    return because(refusal, open ? failure.getMessage() : "");
  }
}
