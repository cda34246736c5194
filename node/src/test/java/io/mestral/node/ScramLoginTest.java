package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node and a real client that proves it knows a password without showing it. */
class ScramLoginTest {
  private static final int BAD_CREDENTIALS = 0x86;
  private static final int QUOTA_EXCEEDED = 0x97;

  private NodeProcess node;
  private HttpProbe http;
  private int device;
  private String token;
  private String password;

  @BeforeEach
  void adaHasADevice(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.wrong-logins-per-minute=30");
    http = node.http(data);
    password =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\"}").get(0);
    device = made.get("id").asInt();
    token = made.get("device_token").asText();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void aUserLogsInAndTheNodeProvesThatItKnowsThePasswordToo() throws Exception {
    ScramClient proof = new ScramClient("ada", password);
    Mqtt5BlockingClient client = client(proof);
    client.connect();
    assertThat(proof.serverIsProven()).isTrue();
    client.subscribeWith().topicFilter("device/sck/" + token + "/#").send();
    client.disconnect();
    assertThat(codeOf("ada", password + "x")).isEqualTo(BAD_CREDENTIALS);
  }

  @Test
  void anEmailAddressIsAsGoodAsAUserName() throws Exception {
    ScramClient proof = new ScramClient("ada@example.org", password);
    client(proof).connect();
    assertThat(proof.serverIsProven()).isTrue();
    Mqtt5BlockingClient plain =
        Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(node.mqttPort()).buildBlocking();
    plain
        .connectWith()
        .simpleAuth()
        .username("ada@example.org")
        .password(password.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
  }

  @Test
  void guessingIsSlowedDownAtAllDoorsTogether() throws Exception {
    for (int i = 0; i < 5; i++) assertThat(codeOf("ada", "guess")).isEqualTo(BAD_CREDENTIALS);
    assertThat(codeOf("ada", password)).isEqualTo(QUOTA_EXCEEDED);
    Mqtt5BlockingClient plain =
        Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(node.mqttPort()).buildBlocking();
    assertThatThrownBy(
            () ->
                plain
                    .connectWith()
                    .simpleAuth()
                    .username("ada")
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send())
        .isInstanceOfSatisfying(
            Mqtt5ConnAckException.class,
            refused ->
                assertThat(refused.getMqttMessage().getReasonCode().getCode())
                    .isEqualTo(QUOTA_EXCEEDED));
  }

  @Test
  void aDeviceLogsInWithItsToken() throws Exception {
    ScramClient proof = new ScramClient("device:" + device, token);
    Mqtt5BlockingClient client = client(proof);
    client.connect();
    assertThat(proof.serverIsProven()).isTrue();
    client
        .publishWith()
        .topic("device/sck/" + token + "/readings/raw")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("{t:2026-02-03T10:05:00Z,55:19.72}".getBytes(StandardCharsets.UTF_8))
        .send();
    client.disconnect();
    assertThat(codeOf("device:" + device, "wrong!")).isEqualTo(BAD_CREDENTIALS);
  }

  @Test
  void aDevicesTokenThatEndedIsNoGood() throws Exception {
    String ending =
        http.post("/v0/devices/" + device + "/token", "{\"expires_in\":1}")
            .get("device_token")
            .asText();
    long over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1100);
    while (System.nanoTime() < over) LockSupport.parkNanos(over - System.nanoTime());
    assertThat(codeOf("device:" + device, ending)).isEqualTo(BAD_CREDENTIALS);
  }

  @Test
  void aNameThatMeansNobodyIsAskedLikeAnyOther() throws Exception {
    for (String[] pair : new String[][] {{"ada", "nobody"}, {"device:" + device, "device:999"}}) {
      ScramClient known = new ScramClient(pair[0], "wrong");
      ScramClient unknown = new ScramClient(pair[1], "wrong");
      ScramClient again = new ScramClient(pair[1], "wrong");
      assertThat(codeOf(known)).isEqualTo(BAD_CREDENTIALS);
      assertThat(codeOf(unknown)).isEqualTo(BAD_CREDENTIALS);
      assertThat(codeOf(again)).isEqualTo(BAD_CREDENTIALS);
      assertThat(unknown.iterations()).isEqualTo(known.iterations()).isGreaterThanOrEqualTo(4096);
      assertThat(unknown.salt()).hasSameSizeAs(known.salt()).isEqualTo(again.salt());
    }
  }

  private int codeOf(String name, String secret) {
    return codeOf(new ScramClient(name, secret));
  }

  private int codeOf(ScramClient proof) {
    Mqtt5ConnAckException[] refused = new Mqtt5ConnAckException[1];
    assertThatThrownBy(() -> client(proof).connect())
        .isInstanceOfSatisfying(Mqtt5ConnAckException.class, e -> refused[0] = e);
    return refused[0].getMqttMessage().getReasonCode().getCode();
  }

  private Mqtt5BlockingClient client(ScramClient proof) {
    return Mqtt5Client.builder()
        .identifier("c")
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .enhancedAuth(proof)
        .buildBlocking();
  }
}
