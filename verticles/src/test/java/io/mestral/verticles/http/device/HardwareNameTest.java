package io.mestral.verticles.http.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Hardware;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HardwareNameTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void nothingKnownIsUnknown() {
    HardwareName name = HardwareName.of(Hardware.UNKNOWN);
    assertThat(name.name()).isEqualTo("Unknown");
    assertThat(name.type()).isEqualTo("Unknown");
    assertThat(name.version()).isEmpty();
    assertThat(name.slug()).isEqualTo("unknown");
    assertThat(name.status().isObject()).isFalse();
  }

  @Test
  void theInfoMessageTellsTheVersion() {
    HardwareName name = HardwareName.of(info("{\"hw_ver\":\"2.1\",\"mac\":\"AB\"}"));
    assertThat(name.name()).isEqualTo("SmartCitizen Kit 2.1");
    assertThat(name.type()).isEqualTo("SCK");
    assertThat(name.slug()).isEqualTo("sck:2,1");
    assertThat(name.status().get("mac").asText()).isEqualTo("AB");
  }

  @Test
  void theOwnersWordGoesFirst() {
    Hardware hardware =
        new Hardware(
            Optional.of("{\"hw_ver\":\"2.1\"}"),
            Optional.of("My kit"),
            Optional.of("9.0"),
            Optional.of("DIY"),
            Optional.of("diy:mine"));
    HardwareName name = HardwareName.of(hardware);
    assertThat(name.name()).isEqualTo("My kit");
    assertThat(name.version()).contains("9.0");
    assertThat(name.type()).isEqualTo("DIY");
    assertThat(name.slug()).isEqualTo("diy:mine");
  }

  @Test
  void anInfoMessageThatIsNoObjectSaysNothing() {
    assertThat(HardwareName.of(info("[1,2]")).version()).isEmpty();
    assertThat(HardwareName.of(info("{\"hw_ver\":null}")).version()).isEmpty();
  }

  private static Hardware info(String json) {
    return new Hardware(Optional.of(json), NONE, NONE, NONE, NONE);
  }
}
