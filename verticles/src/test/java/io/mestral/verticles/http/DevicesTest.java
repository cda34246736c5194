package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Spec 2.5, 3.2 to 3.4, what is shown. */
class DevicesTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void aDeviceHasAllItsKeysInOrder() {
    int id = device(ada, "Roof");
    JsonObject device = get("/v0/devices/" + id).object();
    assertThat(device.fieldNames())
        .containsExactly(
            "id",
            "uuid",
            "name",
            "description",
            "state",
            "system_tags",
            "user_tags",
            "last_reading_at",
            "created_at",
            "updated_at",
            "notify",
            "device_token",
            "postprocessing",
            "location",
            "data_policy",
            "hardware",
            "owner",
            "data",
            "experiment_ids");
    assertThat(device.getJsonObject("owner").encode())
        .isEqualTo(
            "{\"id\":1,\"uuid\":\""
                + ada.user().uuid()
                + "\",\"username\":\"ada\",\"url\":null,\"profile_picture\":\"\","
                + "\"location\":{\"city\":\"Barcelona\",\"country\":\"Spain\","
                + "\"country_code\":\"ES\"},\"device_ids\":["
                + id
                + "]}");
    assertThat(device.getJsonObject("notify").encode())
        .isEqualTo("{\"stopped_publishing\":false,\"low_battery\":false}");
    assertThat(device.getJsonObject("location").encode()).isEqualTo("{}");
    assertThat(device.getJsonObject("data").encode()).isEqualTo("{\"sensors\":[]}");
    assertThat(device.getString("created_at")).isEqualTo("2026-02-03T10:06:00Z");
    assertThat(device.getValue("last_reading_at")).isNull();
  }

  @Test
  void strangersSeeFilteredFields() {
    int id = device(ada, full());
    JsonObject device = get("/v0/devices/" + id).as(bob).object();
    assertThat(device.getString("device_token")).isEqualTo("[FILTERED]");
    assertThat(device.containsKey("mac_address")).isFalse();
    assertThat(device.getJsonObject("data_policy").encode())
        .isEqualTo(
            "{\"is_private\":false,\"enable_forwarding\":\"[FILTERED]\","
                + "\"precise_location\":\"[FILTERED]\","
                + "\"forwarding_destination\":\"[FILTERED]\"}");
    assertThat(device.getJsonObject("hardware").encode())
        .isEqualTo(
            "{\"name\":\"Unknown\",\"type\":\"Unknown\",\"version\":null,\"slug\":\"unknown\","
                + "\"last_status_message\":\"[FILTERED]\"}");
  }

  @Test
  void theOwnerSeesEverything() {
    int id = device(ada, full());
    TestNode.await(
        node.metadata.devices().keepInfo(new DeviceId(id), "{\"hw_ver\":\"2.1\",\"id\":\"6C\"}"));
    JsonObject device = get("/v0/devices/" + id).as(ada).object();
    assertThat(device.getString("device_token")).isEqualTo("abc123");
    assertThat(device.getString("mac_address")).isEqualTo("ab:45:2d:33:98:01");
    assertThat(device.fieldNames().stream().toList().indexOf("mac_address"))
        .isEqualTo(device.fieldNames().stream().toList().indexOf("device_token") + 1);
    assertThat(device.getJsonObject("data_policy").encode())
        .isEqualTo(
            "{\"is_private\":false,\"enable_forwarding\":false,\"precise_location\":true,"
                + "\"forwarding_destination\":null}");
    assertThat(device.getJsonObject("hardware").encode())
        .isEqualTo(
            "{\"name\":\"SmartCitizen Kit 2.1\",\"type\":\"SCK\",\"version\":\"2.1\","
                + "\"slug\":\"sck:2,1\","
                + "\"last_status_message\":{\"hw_ver\":\"2.1\",\"id\":\"6C\"}}");
    assertThat(get("/v0/devices/" + id).as(admin).object().getString("device_token"))
        .isEqualTo("abc123");
  }

  @Test
  void theTokenOfADeviceWithoutOneIsAnEmptyText() {
    int id = device(ada, "Roof");
    assertThat(get("/v0/devices/" + id).as(ada).object().getString("device_token")).isEmpty();
  }

  @Test
  void aTokenSealedWithAnotherNodesKeyIsShownAsAnEmptyText() {
    int id = device(ada, new JsonObject().put("name", "Roof").put("device_token", "abc123"));
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    SealedToken foreign = new TokenVault(otherKey).seal(Secret.of("abc123"));
    TestNode.await(
        node.metadata
            .devices()
            .update(new DeviceId(id), before -> before.withToken(foreign, TestNode.NOW)));
    JsonObject device = get("/v0/devices/" + id).as(ada).object();
    assertThat(device.getString("device_token")).isEmpty();
  }

  @Test
  void thePlaceIsCutAndHashedAndAbsentPartsAreLeftOut() {
    int id = device(ada, full());
    assertThat(get("/v0/devices/" + id).object().getJsonObject("location").encode())
        .isEqualTo(
            "{\"exposure\":\"outdoor\",\"elevation\":30,\"latitude\":57.64911,"
                + "\"longitude\":10.40744,\"geohash\":\"u4pruydqqv\",\"city\":\"Skagen\","
                + "\"country_code\":\"DK\",\"country\":\"Denmark\"}");
  }

  @Test
  void anImprecisePlaceIsFuzzedOnceAndStaysWhenOtherThingsChange() {
    int id = device(ada, full().put("precise_location", false));
    JsonObject place = get("/v0/devices/" + id).object().getJsonObject("location");
    assertThat(place.getDouble("latitude")).isBetween(57.64911, 57.65012);
    assertThat(place.getDouble("longitude")).isBetween(10.40744, 10.40845);
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("name", "Renamed"));
    assertThat(get("/v0/devices/" + id).object().getJsonObject("location")).isEqualTo(place);
  }

  @Test
  void theStateFollowsTheDevicesLife() {
    int id = device(ada, "Roof");
    assertThat(state(id)).isEqualTo("not_configured");
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("device_token", "tok123"));
    assertThat(state(id)).isEqualTo("never_published");
    reading(ada, id, "2026-02-03T10:05:00Z", 55, 19.5);
    assertThat(state(id)).isEqualTo("has_published");
  }

  @Test
  void sensorsAreSortedByNameWithCalibratedValues() {
    int id = device(ada, "Roof");
    reading(ada, id, "2026-02-03T10:00:00Z", 58, 1000);
    reading(ada, id, "2026-02-03T10:05:00Z", 58, 1010);
    reading(ada, id, "2026-02-03T10:04:00Z", 55, 19.72);
    reading(ada, id, "2026-02-03T10:03:00Z", 10, -1);
    equation(58, "x/10 + 1");
    JsonObject device = get("/v0/devices/" + id).object();
    JsonArray sensors = device.getJsonObject("data").getJsonArray("sensors");
    assertThat(sensors.stream().map(s -> ((JsonObject) s).getInteger("id")))
        .containsExactly(10, 58, 55);
    assertThat(sensors.getJsonObject(1).getDouble("value")).isEqualTo(102.0);
    assertThat(sensors.getJsonObject(1).getDouble("prev_value")).isEqualTo(101.0);
    assertThat(sensors.getJsonObject(1).getString("last_reading_at"))
        .isEqualTo("2026-02-03T10:05:00Z");
    assertThat(device.getString("last_reading_at")).isEqualTo("2026-02-03T10:05:00Z");
    assertThat(sensors.getJsonObject(2).encode())
        .isEqualTo(
            "{\"id\":55,\"ancestry\":\"54\",\"name\":\"Sensirion SHT31 - Temperature\","
                + "\"description\":\"Sensirion SHT31 - Temperature\",\"unit\":\"ºC\","
                + "\"created_at\":\"2026-11-01T00:00:00Z\","
                + "\"updated_at\":\"2026-11-01T00:00:00Z\","
                + "\"uuid\":\"384e46a2-80dd-481e-a9fc-cfbd512f9f43\",\"default_key\":\"t\","
                + "\"datasheet\":null,\"unit_definition\":null,"
                + "\"measurement\":{\"id\":1,\"name\":\"Air Temperature\","
                + "\"description\":\"Air Temperature\",\"unit\":null,"
                + "\"uuid\":\"b3f44b63-0a17-4d84-bbf1-4c17764b7eae\",\"definition\":null},"
                + "\"value\":19.72,\"prev_value\":null,"
                + "\"last_reading_at\":\"2026-02-03T10:04:00Z\",\"tags\":[]}");
  }

  @Test
  void systemTagsFollowTheClock() {
    int id = device(ada, full());
    assertThat(tags(id)).isEqualTo("[\"new\",\"offline\",\"outdoor\"]");
    reading(ada, id, "2026-02-03T10:05:00Z", 55, 19.5);
    assertThat(tags(id)).isEqualTo("[\"new\",\"online\",\"outdoor\"]");
    node.clock.forward(Duration.ofMinutes(59));
    assertThat(tags(id)).isEqualTo("[\"new\",\"offline\",\"outdoor\"]");
    node.clock.forward(Duration.ofDays(7));
    assertThat(tags(id)).isEqualTo("[\"offline\",\"outdoor\"]");
    patch("/v0/devices/" + id).as(admin).send(new JsonObject().put("is_test", true));
    assertThat(tags(id)).isEqualTo("[\"offline\",\"outdoor\",\"test_device\"]");
  }

  @Test
  void privateDevicesAreForTheirOwnerAndAdministrators() {
    int id = device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    assertAnswer(get("/v0/devices/" + id).send(), 403, FORBIDDEN);
    assertAnswer(get("/v0/devices/" + id).as(bob).send(), 403, FORBIDDEN);
    assertThat(get("/v0/devices/" + id).as(ada).send().statusCode()).isEqualTo(200);
    assertThat(get("/v0/devices/" + id).as(admin).send().statusCode()).isEqualTo(200);
    assertThat(get("/v0/devices").array()).isEmpty();
    assertThat(get("/v0/devices").as(bob).array()).isEmpty();
    assertThat(get("/v0/devices").as(ada).array()).hasSize(1);
    assertThat(get("/v0/devices").as(admin).array()).hasSize(1);
  }

  @Test
  void whatIsNoIdIsNotFound() {
    assertAnswer(get("/v0/devices/world").send(), 404, notFound("Device", "id", "world"));
    String huge = "9".repeat(40);
    assertAnswer(get("/v0/devices/" + huge).send(), 404, notFound("Device", "id", huge));
  }

  @Test
  void aPageOfDevicesTakesAsManyQuestionsAsOneDevice() {
    device(ada, "One");
    long before = detours.count(DeviceRegistry.class);
    get("/v0/devices").array();
    long forOne = detours.count(DeviceRegistry.class) - before;
    for (int i = 0; i < 20; i++) device(i % 2 == 0 ? ada : bob, "More " + i);
    before = detours.count(DeviceRegistry.class);
    assertThat(get("/v0/devices").array()).hasSize(21);
    assertThat(detours.count(DeviceRegistry.class) - before).isEqualTo(forOne);
  }

  private String state(int id) {
    return get("/v0/devices/" + id).object().getString("state");
  }

  private String tags(int id) {
    return get("/v0/devices/" + id).object().getJsonArray("system_tags").encode();
  }
}
