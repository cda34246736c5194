package io.mestral.broker.connection;

import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.Masking;
import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.PropertyBlock;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.outcome.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a connection, for one reason, once. Every closing goes through it. */
final class Disconnector {
  private static final Logger LOG = LoggerFactory.getLogger(Disconnector.class);

  private final MqttSocket socket;
  private final BrokerMetrics metrics;
  private final Consumer<Disconnector> house;
  private Consumer<Ending> inCharge = ending -> {};
  private Optional<Client> announced = Optional.empty();
  private boolean ended;

  /** Tells the house, whoever is in charge, when the connection ends. */
  Disconnector(MqttSocket socket, BrokerMetrics metrics, Consumer<Disconnector> house) {
    this.socket = socket;
    this.metrics = metrics;
    this.house = house;
  }

  /**
   * From now on this one does what is to be done when the connection ends, and whoever was in
   * charge before has nothing to do with it any more.
   */
  void inCharge(Consumer<Ending> newcomer) {
    inCharge = newcomer;
  }

  /** The client had its CONNACK: from now on it can be sent DISCONNECT (MQTT-3.14.0-1). */
  void announced(Client client) {
    announced = Optional.of(client);
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends the connection and tells the client why, if it is one that reads reasons. */
  void end(Ending ending) {
    if (ended) return;
    if (ending.hearsOut()) hearOut();
    if (ended) return; // by something that was held
    cleanUp(ending);
    socket.finish(
        announced
            .filter(client -> client.isV5() && ending.isError())
            .map(client -> client.disconnect(ending))
            .orElse(Unpooled.EMPTY_BUFFER),
        ending.hearsOut());
  }

  /** Ends the connection for something nobody foresaw. */
  void fail(RuntimeException unforeseen) {
    LOG.error("a connection failed", unforeseen);
    end(Ending.violation(Refusal.INTERNAL.mqttReason(), ""));
  }

  /**
   * Answers CONNECT with a refusal and closes (MQTT-3.2.2-7).
   *
   * @param most bytes that the client takes in a packet; words that don't fit are left out
   */
  void refuse(ProtocolVersion version, long most, TurnedAway refusal) {
    if (ended) return;
    cleanUp(new Ending("turned away", refusal.code(), refusal.words(), false));
    ByteBuf connack = connack(version, refusal.code(), refusal.words());
    if (connack.readableBytes() > most) { // MQTT-3.2.2-19
      connack.release();
      connack = connack(version, refusal.code(), "");
    }
    if (connack.readableBytes() > most) { // MQTT-3.1.2-24
      connack.release();
      connack = Unpooled.EMPTY_BUFFER;
    }
    socket.finish(connack, false);
  }

  /** Nothing is answered before CONNACK (MQTT-3.2.0-1), and now there will be none. */
  private void hearOut() {
    if (announced.isEmpty()) socket.mute();
    socket.hearOut();
  }

  private ByteBuf connack(ProtocolVersion version, int reason, String words) {
    Frames frames = new Frames(socket.memory(), version);
    PropertyBlock properties = Frames.block();
    if (!words.isEmpty()) properties.reason(words);
    if (version.isV5()) return frames.connack(false, reason, properties);
    int code = ReasonCode.inOldConnack(reason);
    return code == 0 ? Unpooled.EMPTY_BUFFER : frames.connack(false, code, properties);
  }

  private void cleanUp(Ending ending) {
    ended = true;
    metrics.ended(ending.label());
    LOG.debug(
        "{} at {}: {} (0x{}) {}",
        announced.map(client -> Masking.clientId(client.id())).orElse("a stranger"),
        socket.address(),
        ending.label(),
        Integer.toHexString(ending.code()),
        ending.words());
    house.accept(this);
    inCharge.accept(ending);
  }
}
