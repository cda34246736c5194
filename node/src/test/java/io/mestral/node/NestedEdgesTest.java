package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An edge of an edge of an edge: readings go all the way up, users and devices all the way down.
 */
class NestedEdgesTest {
  @TempDir Path folder;

  private HttpProbe at(NodeProcess node, String name) throws IOException {
    return node.http(folder.resolve(name));
  }

  private NodeProcess below(NodeProcess above, String aboveName, String name) throws Exception {
    HttpProbe admin = at(above, aboveName);
    EdgePair.await(
        "ada at " + aboveName, () -> admin.send("GET", "/v0/users/ada", "").statusCode() == 200);
    String code =
        admin
            .post(
                "/ops/v1/edges",
                "{\"name\":\"%s\",\"owner\":\"ada\",\"url\":\"mqtt://127.0.0.1:%d\"}"
                    .formatted(name, above.mqttPort()))
            .get("code")
            .asText();
    return NodeProcess.start(
        folder.resolve(name),
        "limits.http-per-minute=0",
        "node.profile=edge",
        "uplink.enrol=" + code);
  }

  private NodeProcess again(String name, int port) throws IOException {
    return NodeProcess.start(
        folder.resolve(name), "limits.http-per-minute=0", "node.profile=edge", "mqtt.port=" + port);
  }

  @Test
  void threeEdgesBelowOneAnotherAreInStep() throws Exception {
    NodeProcess cloud = NodeProcess.start(folder.resolve("cloud"), "limits.http-per-minute=0");
    at(cloud, "cloud")
        .post(
            "/v0/users",
            "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"%s\"}"
                .formatted(EdgePair.PASSWORD));
    HttpProbe ada = EdgePair.signedIn(at(cloud, "cloud"), "ada", EdgePair.PASSWORD).orElseThrow();
    JsonNode roof = ada.post("/v0/devices", "{\"name\":\"Roof\"}");
    String path = "/v0/devices/" + roof.get("id").asLong();
    String token = ada.post(path + "/token", "{}").get("device_token").asText();
    NodeProcess hill = below(cloud, "cloud", "hill");
    NodeProcess farm = below(hill, "hill", "farm");
    NodeProcess barn = below(farm, "farm", "barn");
    try {
      HttpProbe there = at(barn, "barn");
      EdgePair.await("the device", () -> there.send("GET", path, "").statusCode() == 200);
      int hillPort = hill.mqttPort();
      int farmPort = farm.mqttPort();
      hill.kill();
      farm.kill();
      HttpProbe here = EdgePair.signedIn(there, "ada", EdgePair.PASSWORD).orElseThrow();
      JsonNode made = here.post("/v0/devices", "{\"name\":\"Hay\"}");
      measure(here, made.get("id").asLong(), 1.5);
      try (RawKit kit = new RawKit(barn.mqttPort(), token)) {
        kit.publish("device/sck/" + token + "/readings/raw", "{t:2026-02-03T10:05:00Z,55:19.72}");
        EdgePair.await("kept", () -> count(here, roof.get("id").asLong()) == 1);
      }
      hill = again("hill", hillPort);
      farm = again("farm", farmPort);
      EdgePair.await("the kit's above", () -> count(ada, roof.get("id").asLong()) == 1);
      long hay = made.get("id").asLong();
      EdgePair.await(
          "the barn's own",
          () ->
              ada.send("GET", "/v0/devices/" + hay, "").statusCode() == 200
                  && count(ada, hay) == 1);
      assertThat(ada.get("/v0/devices/" + hay).get("uuid")).isEqualTo(made.get("uuid"));
      assertThat(at(farm, "farm").get("/v0/devices/" + hay).get("uuid"))
          .isEqualTo(made.get("uuid"));
      String next = ada.post(path + "/token", "{}").get("device_token").asText();
      assertThat(next).isNotEqualTo(token);
      EdgePair.await("the new token", () -> EdgeStateTest.isLetIn(barn, next));
      assertThat(EdgeStateTest.isLetIn(barn, token)).isFalse();
      HttpProbe hillAdmin = at(hill, "hill");
      EdgePair.await(
          "all is compared",
          () ->
              there.get("/ops/v1/uplink").get("hours_unsent").asLong() == 0
                  && hillAdmin.get("/ops/v1/uplink").get("hours_unsent").asLong() == 0);
    } finally {
      barn.close();
      farm.close();
      hill.close();
      cloud.close();
    }
  }

  private static void measure(HttpProbe owner, long device, double value) {
    owner.send(
        "POST",
        "/v0/devices/" + device + "/readings",
        "{\"data\":[{\"recorded_at\":\"2026-02-03T10:00:00Z\",\"sensors\":[{\"id\":55,\"value\":%s}]}]}"
            .formatted(value));
  }

  private static int count(HttpProbe owner, long device) {
    return owner
        .get(
            "/v0/devices/%d/readings?sensor_id=55&rollup=1s&from=2026-02-03&to=2026-02-04"
                .formatted(device))
        .path("readings")
        .size();
  }
}
