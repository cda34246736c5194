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
}
