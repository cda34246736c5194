package io.mestral.model.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.platform.DeviceTopic.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTopicsTest {
  private final DeviceTopics topics = new DeviceTopics(List.of("bridge", "bridge/sc"));

  @ParameterizedTest
  @CsvSource({
    "device/sck/abc123/readings, READINGS, abc123",
    "device/sck/abc123/readings/raw, READINGS_RAW, abc123",
    "device/sck/abc123/info, INFO, abc123",
    "device/sck/abc123/hello, HELLO, abc123",
    "device/sck/abc123/errors, OTHER, abc123",
    "bridge/device/sck/abc123/readings, READINGS, abc123",
    "bridge/sc/device/sck/abc123/readings/raw, READINGS_RAW, abc123"
  })
  void aKitsTopicNamesItsTokenAndKind(String topic, Kind kind, String token) {
    assertThat(topics.parse(topic)).contains(new DeviceTopic(kind, Optional.of(Secret.of(token))));
  }

  @Test
  void aTokenMayLookLikeATopicsWord() {
    assertThat(topics.parse("device/sck/rawinf/readings").orElseThrow().kind())
        .isEqualTo(Kind.READINGS);
    assertThat(topics.parse("device/sck/info/readings/raw").orElseThrow().kind())
        .isEqualTo(Kind.READINGS_RAW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device/inventory",
        "device/sck/inventory",
        "bridge/device/inventory",
        "bridge/sc/device/sck/inventory"
      })
  void inventoryNamesNoDevice(String topic) {
    assertThat(topics.parse(topic)).contains(new DeviceTopic(Kind.INVENTORY, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device",
        "device/sck",
        "device/sck/",
        "device/sck//readings",
        "other/device/sck/a/readings",
        "bridge/other/device/sck/a/readings",
        "/forward/a/device/1/readings",
        "device/sck/abc123"
      })
  void othersAreNoKitsTopics(String topic) {
    assertThat(topics.parse(topic)).isEmpty();
  }

  @Test
  void theFiltersCatchWhatIsParsed() {
    for (String topic :
        List.of(
            "device/sck/abc123/readings",
            "bridge/device/sck/abc123/readings/raw",
            "bridge/sc/device/sck/abc123/info",
            "device/sck/abc123/hello",
            "bridge/device/inventory",
            "device/sck/inventory"))
      assertThat(topics.filters()).anyMatch(filter -> filter.matches(new Topic(topic)));
  }

  @Test
  void aFilterWithAWildcardForTheTokenNamesNone() {
    assertThat(topics.tokenOf("device/sck/+/readings")).isEmpty();
    assertThat(topics.tokenOf("device/sck/#")).isEmpty();
    assertThat(topics.tokenOf("device/+/abc123/readings")).isEmpty();
    assertThat(topics.tokenOf("device/sck/abc123/#")).contains(Secret.of("abc123"));
  }
}
