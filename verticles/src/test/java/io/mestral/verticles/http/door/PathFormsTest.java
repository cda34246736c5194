package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFormsTest {
  private final PathForms forms =
      new PathForms(Set.of("devices", "users", "me"), Set.of("devices"));

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
    "/v1/devices/, /v1/devices",
    "/v1/devices/12.json, /v1/devices/12",
    "/v10/devices, /v10/devices",
  })
  void everyFormComesToTheOneInTheTable(String asked, String canonical) {
    assertThat(forms.canonical(asked, "")).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "/, version=0, /v0",
    "/devices, version=0, /v0/devices",
    "/devices/12.json, version=1, /v1/devices/12",
    "/v0/devices, version=1, /v0/devices",
    "/users/ada, version=1, /v0/users/ada",
    "/devices, version=10, /v0/devices",
  })
  void theAcceptHeaderCanNameTheVersion(String asked, String version, String canonical) {
    String accept = "application/vnd.smartcitizen; " + version;
    assertThat(forms.canonical(asked, accept)).isEqualTo(canonical);
  }
}
