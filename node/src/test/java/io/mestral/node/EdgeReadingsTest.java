package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured at an edge is read at the node above it, whatever ends in between. */
class EdgeReadingsTest {
  @TempDir Path folder;

  @Test
  void whatIsMeasuredAtTheEdgeIsReadAbove() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      try (RawKit kit = new RawKit(pair.edge().mqttPort(), roof.get("device_token").asText())) {
        kit.publish(
            "device/sck/" + roof.get("device_token").asText() + "/readings/raw",
            "{t:2026-02-03T10:05:00Z,55:19.72}");
        pair.awaitAtCloud(pair.uuid(roof), Map.of("10:05:00", 19.72));
      }
      JsonNode above = pair.atCloud().get("/v0/devices?per_page=100").get(0);
      assertThat(above.get("name").asText()).isEqualTo("Roof");
      assertThat(above.get("owner").get("username").asText()).isEqualTo("admin");
    }
  }

  @Test
  void whatCameWithoutALinkComesWhenThereIsOneAgain() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      Map<String, Double> all = new HashMap<>(Map.of("00:00:01", 1.0));
      pair.measure(id(roof), all);
      pair.awaitAtCloud(pair.uuid(roof), all);
      pair.killCloud();
      Map<String, Double> alone = new TreeMap<>();
      for (int hour = 1; hour < 24; hour++)
        for (int minute = 0; minute < 60; minute += 7)
          alone.put("%02d:%02d:00".formatted(hour, minute), hour + minute / 100.0);
      pair.measure(id(roof), alone);
      all.putAll(alone);
      pair.killEdge();
      pair.startEdge();
      pair.measure(id(roof), Map.of("03:07:00", -3.5)); // what came later counts
      all.put("03:07:00", -3.5);
      pair.startCloud();
      pair.awaitAtCloud(pair.uuid(roof), all);
      pair.measure(id(roof), Map.of("23:59:59", 4.0));
      all.put("23:59:59", 4.0);
      pair.awaitAtCloud(pair.uuid(roof), all);
    }
  }

  @Test
  void aConnectionThatIsDeadWithoutATraceIsGivenUp() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      pair.measure(id(roof), Map.of("10:00:00", 1.0));
      pair.awaitAtCloud(pair.uuid(roof), Map.of("10:00:00", 1.0));
      pair.link().freeze();
      pair.measure(id(roof), Map.of("11:00:00", 2.0));
      pair.awaitAtCloud(pair.uuid(roof), Map.of("10:00:00", 1.0, "11:00:00", 2.0));
    }
  }

  @Test
  void newDevicesComeWithMuchAtOnce() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      Map<String, Double> day = new TreeMap<>();
      for (int hour = 0; hour < 24; hour++) day.put("%02d:30:00".formatted(hour), hour / 2.0);
      pair.link().cut();
      List<JsonNode> devices = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        devices.add(pair.device("Device " + i));
        pair.measure(id(devices.get(i)), day);
      }
      pair.link().mend();
      for (JsonNode one : devices) pair.awaitAtCloud(pair.uuid(one), day);
    }
  }

  @Test
  void whatWasRemovedAboveStaysSoAndHoldsNobodyUp() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      JsonNode cellar = pair.device("Cellar");
      String removed = pair.uuid(roof);
      pair.measure(id(roof), Map.of("10:00:00", 1.0));
      pair.awaitAtCloud(removed, Map.of("10:00:00", 1.0));
      pair.link().cut();
      String path = "/v0/devices?q%5Buuid_eq%5D=" + removed;
      String above = pair.atCloud().get(path).get(0).get("id").asText();
      assertThat(pair.atCloud().send("DELETE", "/v0/devices/" + above, "").statusCode())
          .isEqualTo(200);
      pair.measure(id(roof), Map.of("11:00:00", 2.0));
      pair.measure(id(cellar), Map.of("12:00:00", 3.0));
      pair.link().mend();
      pair.awaitAtCloud(pair.uuid(cellar), Map.of("12:00:00", 3.0));
      pair.awaitAtCloud(removed, Map.of());
      EdgePair.await(
          "it is removed at the edge, too",
          () -> pair.atEdge().send("GET", "/v0/devices/" + id(roof), "").statusCode() == 404);
      EdgePair.await("nothing waits", () -> pair.uplinkFigure("hours_unsent") == 0);
    }
  }

  @Test
  void nobodyBringsReadingsOfAnothersDevice() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      pair.measure(id(roof), Map.of("10:00:00", 1.0));
      pair.awaitAtCloud(pair.uuid(roof), Map.of("10:00:00", 1.0));
      pair.atCloud().post("/ops/v1/users", "{\"username\":\"eve\",\"email\":\"eve@example.org\"}");
      String token =
          pair.atCloud()
              .post(
                  "/ops/v1/gateways",
                  "{\"name\":\"eves\",\"iri\":\"urn:x:eves\",\"owner\":\"eve\"}")
              .get("token")
              .asText();
      assertThat(EdgeForger.bring(pair.cloud().mqttPort(), "eves", token, "hill", pair.uuid(roof)))
          .as("under another's name: not authorized")
          .isEqualTo(0x87);
      assertThat(EdgeForger.bring(pair.cloud().mqttPort(), "eves", token, "eves", pair.uuid(roof)))
          .as("under its own name: not for it to speak of, and told to nobody")
          .isLessThan(0x80);
      pair.awaitAtCloud(pair.uuid(roof), Map.of("10:00:00", 1.0));
      assertThat(pair.cloud().log()).contains("a batch of edge eves isn't taken");
    }
  }

  private static long id(JsonNode device) {
    return device.get("id").asLong();
  }
}
