package io.mestral.node.simulation;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One kit's way to the broker. Like the real one it says who it is by its token alone, never pings,
 * never says goodbye, and finds a closed connection only when it wants to publish. Lives on one
 * context.
 */
final class KitConnection {
  private static final int CONNECT_SECONDS = 15;
  private static final int KEEP_ALIVE_SECONDS = 120;

  private final Vertx vertx;
  private final SocketAddress broker;
  private final SimulatedKit kit;
  private Optional<MqttClient> client = Optional.empty();
  private boolean busy;
  private long number;

  KitConnection(Vertx vertx, SocketAddress broker, SimulatedKit kit) {
    this.vertx = vertx;
    this.broker = broker;
    this.kit = kit;
  }

  /** Still at the last message: a kit does one thing at a time. */
  boolean isBusy() {
    return busy;
  }

  boolean isConnected() {
    return client.filter(MqttClient::isConnected).isPresent();
  }

  /** Succeeds when the kit is connected and its introduction is on the way. */
  Future<Void> connect(Instant now) {
    busy = true;
    MqttClient fresh = MqttClient.create(vertx, options());
    client = Optional.of(fresh);
    return fresh
        .connect(broker.port(), broker.host())
        .timeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .compose(accepted -> publish("info", kit.info(now)))
        .onFailure(failure -> fresh.disconnect())
        .onComplete(done -> busy = false);
  }

  /** Succeeds with the number of values when the message is handed to the network. */
  Future<Integer> publishReadings(Instant now) {
    busy = true;
    String text = kit.readings(now, number++);
    int values = (int) text.chars().filter(c -> c == ',').count();
    return publish("readings/raw", text).map(values).onComplete(done -> busy = false);
  }

  private Future<Void> publish(String topic, String payload) {
    return client
        .orElseThrow()
        .publish(
            "device/sck/" + kit.token() + "/" + topic,
            Buffer.buffer(payload),
            MqttQoS.AT_MOST_ONCE,
            false,
            false)
        .mapEmpty();
  }

  private MqttClientOptions options() {
    MqttClientOptions options = new MqttClientOptions();
    options.setClientId(kit.token());
    options.setCleanSession(true);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setAutoKeepAlive(false);
    options.setConnectTimeout((int) TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
    return options;
  }
}
