package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is answered clearly; nothing is lost by it and nothing leaks. */
class BadInputTest {
  @TempDir Path folder;

  @Nested
  class ToARunningNode {
    private Path data;
    private NodeProcess node;
    private HttpProbe http;
    private int device;
    private String token;
    private Mqtt5BlockingClient client;

    @BeforeEach
    void aDeviceIsConnected() throws Exception {
      data = folder.resolve("data");
      node = NodeProcess.start(data, "limits.http-per-minute=0");
      http = node.http(data);
      JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\"}").get(0);
      device = made.get("id").asInt();
      token = made.get("device_token").asText();
      client = five(token);
      client.connect();
    }

    @AfterEach
    void theNodeStopsWell() throws Exception {
      assertThat(node.log()).doesNotContain(token).doesNotContain("Exception");
      assertThat(node.stop()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "{", "not json", "{\"data\":[{\"recorded_at\":}]}", "[]", "{\"data\":[]}}"})
    void malformedJsonIsRefusedAndNoted(String payload) {
      assertThat(refusal("readings", payload.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
      assertThat(firstError().get("error_message").asText()).startsWith("Message not parsed: ");
      publish(
          "readings",
          "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\","
              + "\"sensors\":[{\"id\":55,\"value\":1}]}]}");
      assertThat(count(55)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "{t:2026-02-03T10:05:00Z,55}", "{t:2026-02-03T10:05:00Z,55:1"})
    void malformedRawTextIsRefusedAndNoted(String payload) {
      assertThat(refusal("readings/raw", payload.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
      JsonNode error = firstError();
      assertThat(error.get("error_message").asText()).startsWith("Message not parsed: ");
      assertThat(error.get("message").asText()).isEqualTo(payload);
      assertThat(error.get("topic").asText()).doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{55:1}", "{55:1,56:null,}"})
    void rawTextThatDoesntSayWhenIsDroppedAndCountedAlone(String payload) {
      publish("readings/raw", payload);
      assertThat(http.get("/v0/devices/" + device + "/ingest_errors")).isEmpty();
      assertThat(http.get("/v0/devices/" + device + "/quarantine")).isEmpty();
      assertThat(http.send("GET", "/metrics", "").body())
          .containsPattern("mestral_ingest_untimed_total [1-9]");
    }

    @Test
    void bytesThatAreNoAsciiAreLeftOut() {
      byte[] noisy = "{t:2026-02-03T10:05:00Z,\u00c355:1\u00a9}".getBytes(StandardCharsets.UTF_8);
      byte[] invalidUtf8 = Arrays.copyOf(noisy, noisy.length + 2);
      invalidUtf8[noisy.length] = (byte) 0xC0;
      invalidUtf8[noisy.length + 1] = (byte) 0xFF;
      client
          .publishWith()
          .topic("device/sck/" + token + "/readings/raw")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(invalidUtf8)
          .send();
      assertThat(count(55)).isEqualTo(1);
    }

    @Test
    void aBadValueOrTimeCostsOnlyItself() {
      publish(
          "readings",
          "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\",\"sensors\":["
              + "{\"id\":55,\"value\":\"nan\"},{\"id\":56,\"value\":2},{\"id\":9999,\"value\":3}]},"
              + "{\"recorded_at\":\"2199-02-03T10:05:00Z\",\"sensors\":[{\"id\":55,\"value\":4}]},"
              + "{\"recorded_at\":\"1970-01-01T00:00:09Z\",\"sensors\":[{\"id\":55,\"value\":5}]},"
              + "{\"sensors\":[{\"id\":55,\"value\":6}]},"
              + "{\"recorded_at\":\"2026-02-03T10:06:00Z\",\"sensors\":[{\"id\":\"t\",\"value\":7}]}]}");
      assertThat(count(55)).isEqualTo(1);
      assertThat(count(56)).isEqualTo(1);
      JsonNode errors = http.get("/v0/devices/" + device + "/ingest_errors");
      assertThat(errors.findValuesAsText("error_message"))
          .containsExactlyInAnyOrder("Timestamp not within range", "No timestamp given");
    }

    @Test
    void tenMegabytesAreRefusedAndTheOthersServed() throws Exception {
      try (RawKit greedy = new RawKit(node.mqttPort(), "greedy")) {
        greedy.publish("device/sck/" + token + "/readings", new byte[10 << 20]);
      } catch (IOException cutOff) {
        assertThat(cutOff).isNotNull(); // the node closes while the kit still writes
      }
      publish("readings/raw", "{t:2026-02-03T10:05:00Z,55:1}");
      assertThat(count(55)).isEqualTo(1);
      String big = "{\"data\":[" + " ".repeat(10 << 20) + "}";
      HttpResponse<String> posted = http.send("POST", "/v0/devices/" + device + "/readings", big);
      assertThat(posted.statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownTokenInATopicIsAnsweredLikeAKnownOne() {
      String message = "{t:2026-02-03T10:05:00Z,55:1}";
      client
          .publishWith()
          .topic("device/sck/zzzzzz/readings/raw")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(message.getBytes(StandardCharsets.US_ASCII))
          .send();
      Mqtt5PubAckException refused =
          catchThrowableOfType(
              Mqtt5PubAckException.class,
              () ->
                  client
                      .publishWith()
                      .topic("device/sck/zzzzzz/readings/raw")
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload("x".getBytes(StandardCharsets.US_ASCII))
                      .send());
      assertThat(refused.getMqttMessage().getReasonCode())
          .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
    }

    @Test
    void anUnknownTokenOrPasswordAtTheDoorIsRefusedWithoutSayingWhich() {
      for (String[] shown : new String[][] {{"zzzzzz", null}, {"admin", "wrong"}, {"no", "one"}}) {
        Mqtt5ConnAckException five =
            catchThrowableOfType(Mqtt5ConnAckException.class, () -> loginFive(shown[0], shown[1]));
        assertThat(five.getMqttMessage().getReasonCode())
            .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
        Mqtt3ConnAckException three =
            catchThrowableOfType(Mqtt3ConnAckException.class, () -> loginThree(shown[0], shown[1]));
        assertThat(three.getMqttMessage().getReturnCode())
            .isEqualTo(Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD);
      }
    }

    @Test
    void aWrongPasswordOverHttpIsSaidAsTheSpecHasIt() {
      HttpResponse<String> answer =
          http.as("")
              .send("POST", "/v0/sessions", "{\"username\":\"admin\",\"password\":\"wrong\"}");
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("\"password\":\"is incorrect\"");
    }

    @Test
    void anUnknownTokenOverHttpIsNobody() {
      HttpResponse<String> answer = http.as("nobodys-token").send("GET", "/v0/me", "");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("nobodys-token");
    }

    private Mqtt5PubAckReasonCode refusal(String kind, byte[] payload) {
      Mqtt5PubAckException refused =
          catchThrowableOfType(
              Mqtt5PubAckException.class,
              () ->
                  client
                      .publishWith()
                      .topic("device/sck/" + token + "/" + kind)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(payload)
                      .send());
      return refused.getMqttMessage().getReasonCode();
    }

    private void publish(String kind, String payload) {
      client
          .publishWith()
          .topic("device/sck/" + token + "/" + kind)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(payload.getBytes(StandardCharsets.US_ASCII))
          .send();
    }

    private JsonNode firstError() {
      return http.get("/v0/devices/" + device + "/ingest_errors").get(0);
    }

    private int count(int sensor) {
      return http.get(
              "/v0/devices/%d/readings?sensor_id=%d&rollup=1s&from=2000-01-01"
                  .formatted(device, sensor))
          .get("sample_size")
          .asInt();
    }

    private Mqtt5BlockingClient five(String clientId) {
      return Mqtt5Client.builder()
          .identifier(clientId)
          .serverHost("127.0.0.1")
          .serverPort(node.mqttPort())
          .buildBlocking();
    }

    private void loginFive(String username, String password) {
      var auth = five("door").toAsync().toBlocking().connectWith().simpleAuth().username(username);
      if (password == null) auth.applySimpleAuth().send();
      else auth.password(password.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
    }

    private void loginThree(String username, String password) {
      var auth =
          Mqtt3Client.builder()
              .identifier("door3")
              .serverHost("127.0.0.1")
              .serverPort(node.mqttPort())
              .buildBlocking()
              .connectWith()
              .simpleAuth()
              .username(username);
      if (password == null) auth.applySimpleAuth().send();
      else auth.password(password.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
    }
  }

  @Nested
  class AtTheStart {
    @Test
    void aPortInUseIsExitCode3() throws Exception {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        NodeProcess.Refused refused =
            NodeProcess.startAndFail(folder.resolve("data"), "mqtt.port=" + taken.getLocalPort());
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.message())
            .contains("mqtt.port")
            .contains(String.valueOf(taken.getLocalPort()));
      }
    }

    @Test
    void anUnknownKeyIsExitCode2AndNamesTheNearest() throws Exception {
      NodeProcess.Refused refused =
          NodeProcess.startAndFail(folder.resolve("data"), "mqtt.prot=1883");
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.message()).contains("mqtt.prot").contains("mqtt.port");
    }

    @Test
    void aDataFolderThatCannotBeMadeIsExitCode4() throws Exception {
      Path file = Files.writeString(folder.resolve("file"), "in the way");
      NodeProcess.Refused refused = NodeProcess.startAndFail(folder.resolve("file/data"));
      assertThat(refused.exitCode()).isEqualTo(4);
      assertThat(refused.message()).contains(file.toString());
    }

    @Test
    void aFolderOfSomebodyElseIsExitCode4AndLeftAlone() throws Exception {
      Path theirs = Files.createDirectory(folder.resolve("theirs"));
      Files.writeString(theirs.resolve("letter.txt"), "dear");
      NodeProcess.Refused refused = NodeProcess.startAndFail(theirs);
      assertThat(refused.exitCode()).isEqualTo(4);
      try (var files = Files.list(theirs)) {
        assertThat(files).containsExactly(theirs.resolve("letter.txt"));
      }
    }

    @Test
    void aFolderInUseIsExitCode4() throws Exception {
      Path data = folder.resolve("data");
      try (NodeProcess first = NodeProcess.start(data)) {
        NodeProcess.Refused refused = NodeProcess.startAndFail(data);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(first.http(data).get("/health/ready").get("status").asText()).isEqualTo("ready");
      }
    }
  }
}
