package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over WebSocket, frame by frame. */
class WebSocketTest {
  private static final int MAX_PACKET = 100_000;
  private static final int WILL = 0x04;

  private TestBroker broker;
  private int port;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start(Options.usual().maxPacket(MAX_PACKET).build());
    port = broker.openWebSocketPort();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Statement({"3.1.1 MQTT-6.0.0-1", "5.0 MQTT-6.0.0-1"})
  void mqtt_6_0_0_1_textIsNoPacket() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "text")) {
      client.send(RawWebSocket.TEXT, true, Buffer.buffer("hello")).expectClose(1003);
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-6.0.0-2", "5.0 MQTT-6.0.0-2"})
  void mqtt_6_0_0_2_packetsMayCrossFramesAndShareThem() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "frames")) {
      client.send("C0").send("00").expect("D0 00");
      client.send("C0 00 C0 00 C0").expect("D0 00").expect("D0 00");
      client.send("00").expect("D0 00");
    }
  }

  @Test
  void aMessageInFragmentsIsOneStreamOfBytes() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "fragments")) {
      Buffer half = Buffer.buffer(new byte[] {(byte) 0xC0});
      client
          .send(RawWebSocket.BINARY, false, half)
          .send(RawWebSocket.PING, true, Buffer.buffer("between"))
          .send(RawWebSocket.CONTINUATION, false, Buffer.buffer())
          .send(RawWebSocket.CONTINUATION, true, Buffer.buffer(new byte[] {0}));
      RawWebSocket.Frame pong = client.next();
      assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
      assertThat(new String(pong.content())).isEqualTo("between");
      client.expect("D0 00");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"mqtt|mqtt", "mqttv3.1|mqttv3.1", "chat, mqtt|mqtt", "mqttv3.1, mqtt|mqttv3.1"})
  @Statement({"3.1.1 MQTT-6.0.0-4", "5.0 MQTT-6.0.0-4"})
  void mqtt_6_0_0_4_theSubprotocolIsNamedInTheAnswer(String offered, String chosen)
      throws Exception {
    try (RawWebSocket client = RawWebSocket.to(port)) {
      assertThat(client.ask("Sec-WebSocket-Protocol: " + offered))
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("sec-websocket-protocol: " + chosen + "\r\n")
          .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="); // the example of RFC 6455, 1.3
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: MQTT", "X: y"})
  @Statement({"3.1.1 MQTT-6.0.0-3", "5.0 MQTT-6.0.0-3"})
  void mqtt_6_0_0_3_whoDoesNotOfferMqttIsRefused(String header) throws Exception {
    try (RawWebSocket client = RawWebSocket.to(port)) {
      assertThat(client.ask(header)).startsWith("HTTP/1.1 400 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /mqtt, POST /mqtt",
    "Version: 13, Version: 8",
    "Upgrade: websocket, Upgrade: other",
    "dGhlIHNhbXBsZSBub25jZQ==, short",
    "'Connection: keep-alive, Upgrade', Connection: keep-alive"
  })
  void whatIsNoHandshakeIsAnsweredInHttp(String right, String wrong) throws Exception {
    String request = RawWebSocket.request("Sec-WebSocket-Protocol: mqtt").replace(right, wrong);
    try (RawWebSocket client = RawWebSocket.to(port)) {
      assertThat(client.say(request))
          .startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("sec-websocket-version: 13");
    }
  }

  @Test
  void framesBeforeTheAnswerEndTheConnection() throws Exception {
    try (RawWebSocket client = RawWebSocket.to(port)) {
      Buffer early = RawWebSocket.frame(RawWebSocket.BINARY, true, Buffer.buffer(new byte[100]));
      client.raw(
          Buffer.buffer(RawWebSocket.request("Sec-WebSocket-Protocol: mqtt")).appendBuffer(early));
      client.expectEndAfterHead();
    }
  }

  @Test
  void aFrameWithoutMaskIsAnError() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "bare")) {
      client.raw(Buffer.buffer(new byte[] {(byte) 0x82, 2, (byte) 0xC0, 0})).expectClose(1002);
    }
  }

  @Test
  void aFrameBeyondTheBoundIsNotEvenAwaited() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "large")) {
      Buffer frame =
          RawWebSocket.frame(RawWebSocket.BINARY, true, Buffer.buffer(new byte[MAX_PACKET + 1]));
      client.raw(frame.getBuffer(0, 14)).expectClose(1009);
    }
  }

  @Test
  void aPacketBeyondTheBoundIsToldAsOverTcp() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "large")) {
      client.send("30 FF FF FF 7F").expectDisconnect(0x95).expectClose(1000);
    }
  }

  @Test
  void aClientThatClosesLeavesItsWill() throws Exception {
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    try (RawWebSocket client = RawWebSocket.open(port)) {
      client.send(
          Packets.connect(5).flags(WILL).id("gone").properties("").text("will").text("x").bytes());
      client.next();
      client
          .send(RawWebSocket.CLOSE, true, Buffer.buffer(new byte[] {0x03, (byte) 0xE9}))
          .expectClose(1001);
      assertThat(wills.next().topic().value()).isEqualTo("will");
    }
  }

  @Test
  void disconnectIsFollowedByAnOrderlyClose() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "bye")) {
      client.send("E0 00").expectClose(1000);
    }
  }

  @Test
  void theEndOfTheNodeIsTold() throws Exception {
    try (RawWebSocket client = RawWebSocket.v5(port, "last")) {
      broker.stop();
      client.expectDisconnect(0x8B).expectClose(1000);
    }
  }

  @Test
  void aQuietClientStaysWhenAnIdleRequestIsClosed() throws Exception {
    try (RawWebSocket quiet = RawWebSocket.v5(port, "quiet");
        Socket idle = new Socket("127.0.0.1", port)) {
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
      quiet.expectNothing();
    }
  }

  @Test
  void aLargeFrameThatTakesLongerThanTheKeepAliveIsTaken() throws Exception {
    try (RawWebSocket client = RawWebSocket.open(port)) {
      client.send(Packets.connect(5, 1, "").id("slow").bytes());
      assertThat(client.next().content()).startsWith(0x20);
      Buffer packet = Packets.publish(5, 0x02, "a", 1).raw(new byte[90_000]).bytes();
      Buffer frame = RawWebSocket.frame(RawWebSocket.BINARY, true, packet);
      client.raw(frame.slice(0, 50_000));
      try (RawClient silent = RawClient.to(broker)) { // cut after the same 1.5 seconds
        silent.send(Packets.connect(5, 1, "").id("silent")).expectAccepted();
        silent.expectDisconnect(0x8D);
      }
      client.raw(frame.slice(50_000, frame.length())).expect("40 03 00 01 10");
    }
  }

  @Test
  void aFastPublisherIsSlowedDownAndNothingIsDropped() throws Exception {
    int burst = 3000;
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawWebSocket kit = RawWebSocket.v5(port, "kit")) {
      Buffer packets = Buffer.buffer();
      for (int i = 0; i < burst; i++)
        packets.appendBuffer(Packets.publish(5, 0, "a", -1).raw("x").bytes());
      kit.send(packets);
      List<Promise<Delivery>> first = new ArrayList<>();
      for (int i = 0; i < 1024; i++) first.add(keeper.next());
      RawClient.v3(broker, "other").expectNothing().close();
      assertThat(broker.count("paused")).isEqualTo(1);
      first.forEach(outcome -> outcome.complete(Delivery.DONE));
      for (int i = 1024; i < burst; i++) keeper.next().complete(Delivery.DONE);
      kit.expectNothing();
    }
  }

  @Test
  void aRealClientTalksToOneOverTcp() throws Exception {
    Mqtt5BlockingClient browser =
        Mqtt5Client.builder()
            .identifier("browser")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .webSocketConfig(MqttWebSocketConfig.builder().serverPath("mqtt").build())
            .buildBlocking();
    browser.connect();
    try (Mqtt5BlockingClient.Mqtt5Publishes came =
        browser.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      browser.subscribeWith().topicFilter("a").qos(MqttQos.EXACTLY_ONCE).send();
      byte[] payload = new byte[70_000];
      payload[69_999] = 42;
      browser.publishWith().topic("a").qos(MqttQos.EXACTLY_ONCE).payload(payload).send();
      assertThat(came.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .isEqualTo(payload);
    }
    browser.disconnect();
  }
}
