package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge knows of each hour whether the node above has the same. */
class EdgeProofTest {
  @TempDir Path folder;

  @Test
  void anHourIsDoneWhenBothHaveTheSame() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      pair.link().cut();
      pair.measure(roof.get("id").asLong(), Map.of("10:00:00", 1.0, "11:00:00", 2.0));
      assertThat(pair.uplinkFigure("hours_unsent")).isEqualTo(2);
      pair.link().mend();
      EdgePair.await("proved", () -> pair.uplinkFigure("hours_unsent") == 0);
      assertThat(pair.countAtCloud(pair.uuid(roof))).isEqualTo(2);
      assertThat(pair.uplinkFigure("repaired_hours")).isZero();
      assertThat(pair.uplinkFigure("differing_hours")).isZero();
    }
  }

  @Test
  void whatIsMissingAboveIsBroughtAgainAndWhatIsTooMuchIsTold() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      JsonNode roof = pair.device("Roof");
      String uuid = pair.uuid(roof);
      pair.measure(roof.get("id").asLong(), Map.of("10:00:00", 1.0));
      EdgePair.await("proved", () -> pair.uplinkFigure("hours_unsent") == 0);
      pair.measureAtCloud(uuid, "10:00:00", 5.0);
      pair.awaitAtCloud(uuid, Map.of("10:00:00", 5.0));
      pair.measure(roof.get("id").asLong(), Map.of("10:10:00", 2.0));
      pair.awaitAtCloud(uuid, Map.of("10:00:00", 1.0, "10:10:00", 2.0));
      EdgePair.await("proved anew", () -> pair.uplinkFigure("hours_unsent") == 0);
      assertThat(pair.uplinkFigure("repaired_hours")).isEqualTo(1);
      assertThat(pair.uplinkFigure("differing_hours")).isZero();
      pair.measureAtCloud(uuid, "10:30:00", 6.0);
      pair.awaitAtCloud(uuid, Map.of("10:00:00", 1.0, "10:10:00", 2.0, "10:30:00", 6.0));
      pair.measure(roof.get("id").asLong(), Map.of("10:20:00", 3.0));
      EdgePair.await("told", () -> pair.uplinkFigure("differing_hours") == 1);
      pair.awaitAtCloud(
          uuid, Map.of("10:00:00", 1.0, "10:10:00", 2.0, "10:20:00", 3.0, "10:30:00", 6.0));
      assertThat(pair.uplinkFigure("hours_unsent")).isZero();
      assertThat(pair.edge().log()).contains("has another hour 2026-02-03T10:00:00Z above");
    }
  }

  @Test
  void bothSidesSayHowFarTheEdgeIs() throws Exception {
    try (EdgePair pair = EdgePair.of("ada", folder)) {
      JsonNode roof = pair.device("Roof");
      pair.measure(roof.get("id").asLong(), Map.of("10:00:00", 1.0));
      EdgePair.await("in step", () -> isInStep(pair.atCloud().get("/ops/v1/edges")));
      JsonNode view = pair.atCloud().get("/ops/v1/edges").get(0);
      assertThat(view.get("name").asText()).isEqualTo("hill");
      assertThat(view.get("connected").asBoolean()).isTrue();
      assertThat(view.get("received_readings").asLong()).isEqualTo(1);
      assertThat(view.get("received_bytes").asLong()).isPositive();
      HttpProbe ada = pair.signedIn(pair.atCloud(), "ada");
      assertThat(ada.get("/ops/v1/edges")).as("it is hers").hasSize(1);
      assertThat(pair.atEdge().get("/ops/v1/uplink").get("hours_unsent").asLong()).isZero();

      ada.post("/ops/v1/edges/hill/pause", "{}");
      EdgePair.await("paused", () -> pair.atEdge().get("/ops/v1/uplink").get("paused").asBoolean());
      pair.measure(roof.get("id").asLong(), Map.of("11:00:00", 2.0, "12:00:00", 3.0));
      EdgePair.await(
          "told",
          () -> pair.atCloud().get("/ops/v1/edges").get(0).get("hours_unsent").asLong() == 2);
      JsonNode paused = pair.atCloud().get("/ops/v1/edges").get(0);
      assertThat(paused.get("paused").asBoolean()).isTrue();
      assertThat(paused.get("complete_to").asText()).isEqualTo("2026-02-03T11:00:00Z");
      assertThat(paused.get("unsent_from").asText()).isEqualTo("2026-02-03T11:00:00Z");
      assertThat(paused.get("lag_seconds").asLong()).isGreaterThan(86_400);
      assertThat(pair.countAtCloud(pair.uuid(roof))).isEqualTo(1);

      JsonNode resumed = pair.atEdge().post("/ops/v1/uplink/resume", "{}");
      assertThat(resumed.get("paused").asBoolean()).isFalse();
      pair.awaitAtCloud(pair.uuid(roof), Map.of("10:00:00", 1.0, "11:00:00", 2.0, "12:00:00", 3.0));
      EdgePair.await("in step again", () -> isInStep(pair.atCloud().get("/ops/v1/edges")));
    }
  }

  private static boolean isInStep(JsonNode edges) {
    return edges.size() == 1
        && edges.get(0).path("hours_unsent").asLong(9) == 0
        && edges.get(0).path("sent_readings").asLong() > 0
        && edges.get(0).get("lag_seconds").asLong() == 0;
  }
}
