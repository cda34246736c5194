package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFormsTest {
  private final PathForms forms = new PathForms(Set.of("devices", "users", "me"));

  @ParameterizedTest
  @CsvSource({
    "/v0/devices, /v0/devices",
    "/v0/devices/, /v0/devices",
    "/devices, /v0/devices",
    "/devices/12/, /v0/devices/12",
    "/v0/devices.json, /v0/devices",
    "/devices.json, /v0/devices",
    "/devices/12.json, /v0/devices/12",
    "/devices/12/readings/, /v0/devices/12/readings",
    "/me, /v0/me",
    "/users/ada.json, /v0/users/ada.json",
    "/users/ada.lovelace/, /v0/users/ada.lovelace",
    "/v0/, /v0",
    "/, /",
    "/health/live/, /health/live",
    "/metrics, /metrics",
    "/other.json, /other.json",
  })
  void everyFormComesToTheOneInTheTable(String asked, String canonical) {
    assertThat(forms.canonical(asked, false)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"/, /v0", "/devices, /v0/devices"})
  void theAcceptHeaderCanNameTheVersion(String asked, String canonical) {
    assertThat(forms.canonical(asked, true)).isEqualTo(canonical);
  }
}
