package io.mestral.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<MqttEndpoint> clients = new LinkedBlockingQueue<>();
  private final BlockingQueue<MqttPublishMessage> messages = new LinkedBlockingQueue<>();
  private SocketAddress broker;

  @BeforeEach
  void listen() {
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0));
    server.endpointHandler(
        client -> {
          client.publishHandler(messages::add).accept(false);
          clients.add(client);
        });
    await(server.listen());
    broker = SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1");
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aKitConnectsByItsTokenAndIntroducesItselfFirst() throws InterruptedException {
    simulation("abc123").start(Duration.ofMillis(20));

    MqttEndpoint client = clients.poll(10, TimeUnit.SECONDS);
    assertThat(client.clientIdentifier()).isEqualTo("abc123");
    assertThat(client.auth()).isNull();
    assertThat(client.isCleanSession()).isTrue();
    assertThat(client.keepAliveTimeSeconds()).isEqualTo(120);
    assertThat(client.protocolVersion()).isEqualTo(4);
    assertThat(messages.poll(10, TimeUnit.SECONDS).topicName()).isEqualTo("device/sck/abc123/info");
    MqttPublishMessage readings = messages.poll(10, TimeUnit.SECONDS);
    assertThat(readings.topicName()).isEqualTo("device/sck/abc123/readings/raw");
    assertThat(readings.qosLevel()).isEqualTo(MqttQoS.AT_MOST_ONCE);
    assertThat(readings.isRetain()).isFalse();
    assertThat(readings.payload().toString()).startsWith("{t:2");
  }

  @Test
  void aKitThatWasCutOffConnectsAgainForItsNextReading() throws InterruptedException {
    simulation("abc123").start(Duration.ofMillis(20));
    clients.poll(10, TimeUnit.SECONDS).close();

    assertThat(clients.poll(10, TimeUnit.SECONDS).clientIdentifier()).isEqualTo("abc123");
  }

  @Test
  void theTotalsSayWhatReachedTheNetwork() throws InterruptedException {
    Simulation simulation = simulation("a", "b", "c");
    simulation.start(Duration.ofMillis(30));
    for (int i = 0; i < 12; i++) assertThat(messages.poll(10, TimeUnit.SECONDS)).isNotNull();

    Totals totals = await(simulation.totals());
    assertThat(totals.connections()).isEqualTo(3);
    assertThat(totals.messages()).isGreaterThanOrEqualTo(12);
    assertThat(totals.readings()).isGreaterThan(9 * 9);
    assertThat(totals.failures()).isZero();
  }

  @Test
  void aBrokerThatIsAwayIsCounted() {
    SocketAddress nobody = SocketAddress.inetSocketAddress(1, "127.0.0.1");
    Simulation simulation =
        new Simulation(vertx, nobody, List.of(new SimulatedKit("a", 0)), Clock.systemUTC());
    simulation.start(Duration.ofMillis(5));

    while (await(simulation.totals()).failures() == 0) Thread.onSpinWait();
    assertThat(await(simulation.totals()).messages()).isZero();
  }

  private Simulation simulation(String... tokens) {
    List<SimulatedKit> kits = List.of(tokens).stream().map(t -> new SimulatedKit(t, 1)).toList();
    return new Simulation(vertx, broker, kits, Clock.systemUTC());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
