package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.storage.cassandra.CassandraServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that keeps its readings in a real Cassandra, which comes and goes. */
@Timeout(300)
class CassandraNodeTest {
  private static final String ROOF = "abc123";
  private static final Instant START = Instant.parse("2026-02-03T10:00:00Z");

  @TempDir Path folder;
  private NodeProcess node;
  private int device;

  @AfterEach
  void theNodeStops() {
    CassandraServer.shared().thaw();
    if (node != null) node.close();
  }

  @Test
  void whatWasAcknowledgedIsThereAcrossKillsOfTheNodeAndAbsencesOfTheCluster() throws Exception {
    start();
    device = addDevice();
    int minutes = 0;
    Mqtt5BlockingClient kit = connected();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100; i++) publish(kit, minutes++);
      node.kill();
      start();
      kit = connected();
      assertThat(minutesStored()).isEqualTo(minutes);
    }

    CassandraServer.shared().freeze();
    for (int i = 0; i < 100; i++) publish(kit, minutes++);
    assertThat(admin().send("GET", readings(), "").statusCode()).isEqualTo(503);
    assertThat(admin().send("GET", "/health/ready", "").statusCode()).isEqualTo(503);
    assertThat(admin().send("GET", "/health/live", "").statusCode()).isEqualTo(200);

    node.kill(); // with a hundred readings that only its journal has
    CassandraServer.shared().thaw();
    start();
    untilReady();
    assertThat(minutesStored()).isEqualTo(minutes);
    JsonNode hours = admin().get(readings().replace("1m", "1h").concat("&function=sum"));
    assertThat(hours.get("sample_size").asInt()).isEqualTo(minutes);
    assertThat(node.stop()).isZero();
    assertThat(folder.resolve("data/readings")).doesNotExist();
  }

  @Test
  void aNodeThatCannotReachItsClusterSaysWhichAndEndsWithThree() throws Exception {
    NodeProcess.Refused refused =
        NodeProcess.startAndFail(
            folder.resolve("data"), "storage.readings=cassandra://127.0.0.1:1/mestral?dc=dc1");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message())
        .contains("cannot use storage.readings: the cluster at 127.0.0.1:1 can't be used: ")
        .doesNotContain("\tat ");
  }

  private void start() throws Exception {
    node =
        NodeProcess.start(
            folder.resolve("data"),
            "storage.readings=" + CassandraServer.shared().url("node"),
            "limits.http-per-minute=0");
  }

  private HttpProbe admin() throws Exception {
    return node.http(folder.resolve("data"));
  }

  private int addDevice() throws Exception {
    return admin()
        .post("/v0/devices", "{\"name\":\"Roof\",\"device_token\":\"%s\"}".formatted(ROOF))
        .get("id")
        .asInt();
  }

  private String readings() {
    return "/v0/devices/%d/readings?sensor_id=55&rollup=1m&from=2026-02-03&to=2026-02-04"
        .formatted(device);
  }

  private int minutesStored() throws Exception {
    return admin().get(readings()).get("readings").size();
  }

  /** The cluster's connections take a moment to come back. */
  private void untilReady() throws Exception {
    for (int i = 0; i < 300; i++) {
      if (admin().send("GET", "/health/ready", "").statusCode() == 200) return;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    throw new AssertionError("not ready within a minute\n" + node.log());
  }

  private Mqtt5BlockingClient connected() {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier("kit")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    client.connect();
    return client;
  }

  private static void publish(Mqtt5BlockingClient kit, int minute) {
    String payload = "{t:%s,55:%d.25,14:7}".formatted(START.plusSeconds(minute * 60L), minute);
    kit.publishWith()
        .topic("device/sck/" + ROOF + "/readings/raw")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.US_ASCII))
        .send();
  }
}
