package io.mestral.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {
  @ParameterizedTest
  @CsvSource({
    "device/sck/qsm8hj/readings, device/sck/qs…/readings",
    "bridge/sc/device/sck/qsm8hj/readings/raw, bridge/sc/device/sck/qs…/readings/raw",
    "device/sck/abc/info, device/sck/…/info",
    "/forward/4f1c9a0b/device/12/readings, /forward/4f…/device/12/readings",
    "home/power, home/power"
  })
  void aTokenInATopicIsCut(String topic, String shown) {
    assertThat(Masking.topic(new Topic(topic))).isEqualTo(shown);
  }

  @Test
  void aClientIdentifierCanBeAToken() {
    assertThat(Masking.clientId("qsm8hj")).isEqualTo("qs…");
  }

  @Test
  void aTopicWritesNoLogLinesOfItsOwn() {
    assertThat(Masking.topic(new Topic("a\nWARN all is lost\u001b[0m")))
        .isEqualTo("a?WARN all is lost?[0m");
    assertThat(Masking.topic(new Topic("x".repeat(10_000)))).hasSizeLessThan(200);
  }
}
