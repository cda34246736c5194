package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionOneTest extends HttpTest {
  private int roof;

  @BeforeEach
  void aKitOnTheRoof() {
    roof =
        device(
            ada,
            new JsonObject()
                .put("name", "Roof")
                .put("latitude", 41.39669)
                .put("longitude", 2.19219)
                .put("device_token", "abc123")
                .put("mac_address", "AB:45:2D:33:98:01"));
    reading(ada, roof, "2026-02-03T10:00:00Z", 55, 19.5);
    reading(ada, roof, "2026-02-03T10:05:00Z", 55, 19.72);
  }

  @Test
  void theOwnerSeesAll() {
    JsonObject device = get("/v1/devices/" + roof).as(ada).object();
    assertThat(device.fieldNames())
        .containsExactly(
            "id",
            "uuid",
            "name",
            "state",
            "system_tags",
            "user_tags",
            "last_reading_at",
            "created_at",
            "updated_at",
            "notify",
            "device_token",
            "mac_address",
            "location",
            "data_policy",
            "hardware",
            "owner",
            "components");
    assertThat(device.getString("device_token")).isEqualTo("abc123");
    assertThat(device.getJsonObject("data_policy").fieldNames())
        .containsExactly("is_private", "enable_forwarding", "precise_location");
    assertThat(device.getJsonObject("owner").fieldNames())
        .containsExactly(
            "id",
            "uuid",
            "role",
            "username",
            "profile_picture",
            "location",
            "email",
            "legacy_api_key",
            "created_at",
            "updated_at");
  }

  @Test
  void othersAreToldWhatTheyDoNotSee() {
    JsonObject device = get("/v1/devices/" + roof).as(bob).object();
    assertThat(device.fieldNames())
        .doesNotContain("device_token", "mac_address", "data_policy")
        .endsWith("unauthorized_fields");
    assertThat(device.getJsonArray("unauthorized_fields"))
        .containsExactly("device_token", "mac_address", "data_policy");
    assertThat(device.getJsonObject("hardware").encode())
        .endsWith(
            "\"last_status_message\":null,\"unauthorized_fields\":[\"last_status_message\"]}");
    assertThat(device.getJsonObject("owner").getJsonArray("unauthorized_fields"))
        .containsExactly("email", "legacy_api_key");
    assertThat(device.encode()).doesNotContain("abc123", "ab:45", "ada@");
  }

  @Test
  void aPlaceHasAllItsKeysAndAComponentItsValues() {
    JsonObject device = get("/v1/devices/" + roof).object();
    assertThat(device.getJsonObject("location").fieldNames())
        .containsExactly(
            "exposure",
            "elevation",
            "latitude",
            "longitude",
            "geohash",
            "city",
            "country_code",
            "country");
    JsonObject component = device.getJsonArray("components").getJsonObject(0);
    assertThat(component.fieldNames())
        .containsExactly("sensor", "last_reading_at", "latest_value", "previous_value");
    assertThat(component.getDouble("latest_value")).isEqualTo(19.72);
    assertThat(component.getDouble("previous_value")).isEqualTo(19.5);
    assertThat(component.getJsonObject("sensor").fieldNames())
        .containsExactly(
            "id",
            "parent_id",
            "name",
            "description",
            "unit",
            "created_at",
            "updated_at",
            "uuid",
            "measurement",
            "tags");
  }

  @Test
  void theListIsPagedAndShowsWhatTheViewerMaySee() {
    device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    assertThat(get("/v1/devices/").array()).hasSize(1);
    assertThat(get("/v1/devices").as(ada).array()).hasSize(2);
    assertThat(get("/v1/devices?per_page=1").as(ada).send().getHeader("Link"))
        .contains("/v1/devices?page=2&per_page=1>; rel=\"next\"");
    assertAnswer(get("/v1/devices/2").send(), 403, FORBIDDEN);
    assertAnswer(get("/v1/devices/99").send(), 404, notFound("Device", "id", "99"));
  }

  @Test
  void theVersionCanBeAskedForInTheAcceptHeader() {
    JsonObject device =
        get("/devices/" + roof).with("Accept", "application/vnd.smartcitizen; version=1").object();
    assertThat(device.fieldNames()).contains("components").doesNotContain("data");
    JsonArray list =
        get("/devices").with("Accept", "application/vnd.smartcitizen; version=1").array();
    assertThat(list.getJsonObject(0).fieldNames()).contains("components");
    assertThat(
            get("/devices/" + roof)
                .with("Accept", "application/vnd.smartcitizen; version=0")
                .object()
                .fieldNames())
        .contains("data");
  }
}
