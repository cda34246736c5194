package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadyLineTest {
  @Test
  void itIsOneLineThatTellsWhereTheNodeListens() {
    assertThat(
            ReadyLine.of("zug", "http://127.0.0.1:8080", "mqtt://127.0.0.1:1883")
                .after(Duration.ofMillis(1234)))
        .isEqualTo(
            "ready {\"node\":\"zug\",\"http\":\"http://127.0.0.1:8080\","
                + "\"mqtt\":\"mqtt://127.0.0.1:1883\",\"ms\":1234}");
  }

  @Test
  void furtherListenersAreFurtherMembers() {
    assertThat(
            new ReadyLine("n", "h", "m", Map.of("mqtts", "mqtts://x:1", "https", "https://x:2"))
                .after(Duration.ZERO))
        .endsWith("\"ms\":0,\"https\":\"https://x:2\",\"mqtts\":\"mqtts://x:1\"}");
  }
}
