package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.door.PathForms.Accepted;
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
    "/v1/devices/, /v1/devices",
    "/v1/devices/12.json, /v1/devices/12",
    "/, /",
    "/health/live/, /health/live",
    "/metrics, /metrics",
    "/other.json, /other.json",
  })
  void everyFormComesToTheOneInTheTable(String asked, String canonical) {
    assertThat(forms.canonical(asked, Accepted.ANY)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "/, ZERO, /v0",
    "/devices, ZERO, /v0/devices",
    "/devices/, ONE, /v1/devices",
    "/devices/12.json, ONE, /v1/devices/12",
    "/devices/12/readings, ONE, /v0/devices/12/readings",
    "/devices/world_map, ONE, /v0/devices/world_map",
    "/v0/devices, ONE, /v0/devices",
    "/users, ONE, /v0/users",
  })
  void theAcceptHeaderCanNameTheVersion(String asked, Accepted accepted, String canonical) {
    assertThat(forms.canonical(asked, accepted)).isEqualTo(canonical);
  }
}
