package io.mestral.broker.connection;

import io.mestral.broker.session.Session;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.model.outcome.Refusal;
import io.netty.buffer.ByteBuf;

/** What the parts of one connection share. */
record Link(
    Client client,
    MqttSocket socket,
    Session session,
    Disconnector disconnector,
    ClientWatch watch,
    Services services,
    Loop loop) {

  /** Sends an answer, or ends the connection of a client that doesn't take one that large. */
  void answer(ByteBuf frame) {
    client
        .fitting(frame)
        .ifPresentOrElse(
            socket::write,
            () ->
                disconnector.end(
                    Ending.violation(
                        Refusal.TOO_LARGE.mqttReason(), "the answer is more than you take")));
  }
}
