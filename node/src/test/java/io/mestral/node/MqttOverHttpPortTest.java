package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node: MQTT over WebSocket beside the HTTP API, on one port. */
class MqttOverHttpPortTest {
  private NodeProcess node;
  private URI http;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    node = NodeProcess.start(folder.resolve("data"));
    http = URI.create(node.httpUrl());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aClientThatSpeaksWebSocketPublishesLikeAnyOther() throws Exception {
    Mqtt5BlockingClient kit =
        Mqtt5Client.builder()
            .serverHost(http.getHost())
            .serverPort(http.getPort())
            .webSocketConfig(MqttWebSocketConfig.builder().serverPath("mqtt").build())
            .buildBlocking();
    kit.connect();
    kit.publishWith()
        .topic("device/sck/abcdef/readings/raw")
        .payload("{t:2026-02-03T10:05:00Z,55:19.72}".getBytes(StandardCharsets.UTF_8))
        .send();
    kit.disconnect();
  }

  @Test
  void aClientOfTheJdkIsTalkedTo() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .subprotocols("mqtt")
            .buildAsync(URI.create("ws://" + http.getAuthority() + "/mqtt"), new Keeper(answers))
            .get(10, TimeUnit.SECONDS);
    assertThat(client.getSubprotocol()).isEqualTo("mqtt");
    client.sendBinary(bytes("10 0d 00 04 4d 51 54 54 04 02 00 00 00 01 63"), true);
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("20020000");
    client.sendBinary(bytes("c0 00"), true);
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("d000");
    client.sendClose(WebSocket.NORMAL_CLOSURE, "");
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
  }

  @Test
  void aRequestThatIsNoHandshakeIsAnsweredWithItsNumber() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(http.resolve("/mqtt")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(answer.body()).contains("websocket").contains(id);
  }

  @Test
  void aConnectionMayServeRequestsBeforeItGoesOverToMqtt() throws Exception {
    try (Socket socket = new Socket(http.getHost(), http.getPort())) {
      socket.setSoTimeout(10_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      say(socket, "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(in.readLine()).contains("200");
      while (!in.readLine().isEmpty()) assertThat(socket.isClosed()).isFalse();
      say(
          socket,
          "GET /mqtt HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
      String line = in.readLine();
      while (!line.contains("HTTP/1.1")) line = in.readLine();
      assertThat(line).contains("101");
    }
  }

  private static void say(Socket socket, String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.ofDelimiter(" ").parseHex(hex));
  }

  /** Writes down what comes. */
  private record Keeper(BlockingQueue<String> answers) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      answers.add(HexFormat.of().formatHex(bytes));
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      answers.add("closed " + status);
      return null;
    }
  }
}
