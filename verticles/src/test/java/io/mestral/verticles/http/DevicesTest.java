package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec 2.5, 3.2 to 3.4. */
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
  void onlyWhatMayTakeATokenAwayIsToldAsThat() {
    Queue<DeviceId> lost = new ConcurrentLinkedQueue<>();
    TestNode.await(
        LocalBus.of(node.vertx())
            .listen(Addresses.TOKEN_LOST, device -> lost.add(((Device) device).id())));
    int id = device(ada, full());
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("name", "Renamed"));
    int other = device(ada, "Cellar");
    patch("/v0/devices/" + other).as(ada).send(new JsonObject().put("device_token", "tok123"));
    delete("/v0/devices/" + id).as(ada).send();
    long until = System.nanoTime() + 10_000_000_000L;
    while (lost.size() < 2) assertThat(System.nanoTime()).isLessThan(until);
    assertThat(lost).containsExactly(new DeviceId(other), new DeviceId(id));
  }

  @Test
  void aDestinationThatIsNotThereChangesNothing() {
    Person grace = node.person("grace", 2);
    int id = device(grace, full());
    assertThat(
            patch("/v0/devices/" + id)
                .as(grace)
                .send(
                    new JsonObject()
                        .put("device_token", "tok123")
                        .put("forwarding_destination_id", 999))
                .statusCode())
        .isEqualTo(404);
    assertThat(get("/v0/devices/" + id).as(grace).object().getString("device_token"))
        .isEqualTo("abc123");
    assertThat(
            post("/v0/devices")
                .as(grace)
                .send(
                    new JsonObject()
                        .put("name", "Cellar")
                        .put("forwarding_destination_id", "nowhere"))
                .statusCode())
        .isEqualTo(404);
    assertThat(get("/v0/devices").as(grace).array()).hasSize(1);
  }

  @Test
  void whatIsKeptIsToldAlthoughTheAnswerIsAFailure() {
    Person grace = node.person("grace", 2);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    LocalBus bus = LocalBus.of(node.vertx());
    TestNode.await(bus.listen(Addresses.DEVICE_CHANGED, device -> told.add("changed")));
    TestNode.await(bus.listen(Addresses.TOKEN_LOST, device -> told.add("lost")));
    TestNode.await(node.metadata.forwarding().addDestination("partner"));
    JsonObject change =
        new JsonObject().put("device_token", "tok123").put("forwarding_destination_id", 1);

    lose("add");
    assertUnavailable(post("/v0/devices").as(grace).send(full()));
    awaitTold(told, "changed");
    int id = get("/v0/devices").as(grace).array().getJsonObject(0).getInteger("id");
    detours.always(
        ForwardingRegistry.class,
        "sendTo",
        Detours.failing(new RefusedException(Refusal.UNAVAILABLE, "the store is away")));
    assertUnavailable(patch("/v0/devices/" + id).as(grace).send(change));
    awaitTold(told, "changed", "lost");
    lose("update");
    change.put("device_token", "tok124");
    assertUnavailable(patch("/v0/devices/" + id).as(grace).send(change));
    awaitTold(told, "changed", "lost");
    lose("archive");
    assertUnavailable(delete("/v0/devices/" + id).as(grace).send());
    awaitTold(told, "changed", "lost");
    lose("add");
    assertUnavailable(post("/ops/v1/devices").as(admin).send(new JsonObject().put("name", "Kit")));
    awaitTold(told, "changed");
  }

  private void lose(String call) {
    detours.once(DeviceRegistry.class, call, Detours.losingTheAnswer());
  }

  private static void assertUnavailable(HttpResponse<?> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
  }

  private static void awaitTold(Queue<String> told, String... what) {
    long until = System.nanoTime() + 10_000_000_000L;
    while (told.size() < what.length) assertThat(System.nanoTime()).isLessThan(until);
    assertThat(told).containsExactlyInAnyOrder(what);
    told.clear();
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
  void makingADeviceNeedsAUserAndAName() {
    assertAnswer(post("/v0/devices").send(new JsonObject().put("name", "Roof")), 401, UNAUTHORIZED);
    assertAnswer(
        post("/v0/devices").as(ada).send(new JsonObject()),
        422,
        unprocessable("{\"name\":[\"can't be blank\"]}"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    device(bob, new JsonObject().put("name", "Other").put("device_token", "abc123"));
    assertAnswer(
        post("/v0/devices")
            .as(ada)
            .send(
                new JsonObject()
                    .put("name", " ")
                    .put("mac_address", "12:34")
                    .put("exposure", "underground")
                    .put("latitude", "north")
                    .put("longitude", 181)
                    .put("device_token", "abc123")),
        422,
        unprocessable(
            "{\"name\":[\"can't be blank\"],\"mac_address\":[\"is invalid\"],"
                + "\"latitude\":[\"is not a number\"],\"longitude\":[\"is invalid\"],"
                + "\"exposure\":[\"is not included in the list\"],"
                + "\"device_token\":[\"has already been taken\"]}"));
  }

  @ParameterizedTest
  @CsvSource({"a/b", "a+b", "a#", "'a b'"})
  void aTokenThatNoTopicCouldCarryIsInvalid(String token) {
    assertAnswer(
        post("/v0/devices")
            .as(ada)
            .send(new JsonObject().put("name", "Roof").put("device_token", token)),
        422,
        unprocessable("{\"device_token\":[\"is invalid\"]}"));
  }

  @Test
  void onlyOwnersAndAdministratorsChangeADevice() {
    int id = device(ada, "Roof");
    JsonObject change = new JsonObject().put("description", "Mine");
    assertAnswer(patch("/v0/devices/" + id).send(change), 403, FORBIDDEN);
    assertAnswer(patch("/v0/devices/" + id).as(bob).send(change), 403, FORBIDDEN);
    assertAnswer(delete("/v0/devices/" + id).as(bob).send(), 403, FORBIDDEN);
    assertThat(patch("/v0/devices/" + id).as(admin).send(change).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNotGivenStaysAndNullEmpties() {
    int id = device(ada, full().put("description", "South"));
    JsonObject changed =
        patch("/v0/devices/" + id)
            .as(ada)
            .send(new JsonObject().putNull("description").putNull("latitude").put("unknown", 1))
            .bodyAsJsonObject();
    assertThat(changed.getString("name")).isEqualTo("Roof");
    assertThat(changed.getValue("description")).isNull();
    assertThat(changed.getString("mac_address")).isEqualTo("ab:45:2d:33:98:01");
    assertThat(changed.getJsonObject("location").encode())
        .isEqualTo("{\"exposure\":\"outdoor\",\"elevation\":30,\"longitude\":10.40744}");
  }

  @Test
  void aChangeKeepsWhatAnotherChangedMeanwhile() {
    int id = device(ada, new JsonObject().put("name", "Roof").put("device_token", "revoked"));
    SealedToken fresh = node.vault.seal(Secret.of("fresh1"));
    detours.once(DeviceRegistry.class, "update", Detours.after(() -> replaceToken(id, fresh)));
    JsonObject changed =
        patch("/v0/devices/" + id)
            .as(ada)
            .send(new JsonObject().put("name", "Attic"))
            .bodyAsJsonObject();
    assertThat(changed.getString("name")).isEqualTo("Attic");
    assertThat(changed.getString("device_token")).isEqualTo("fresh1");
    JsonObject found = get("/v0/devices/" + id).as(ada).object();
    assertThat(found.getString("name")).isEqualTo("Attic");
    assertThat(found.getString("device_token")).isEqualTo("fresh1");
  }

  @Test
  void whatTheRoleDoesNotAllowIsIgnored() {
    int id = device(ada, "Roof");
    JsonObject wanted = new JsonObject().put("enable_forwarding", true).put("is_test", true);
    patch("/v0/devices/" + id).as(ada).send(wanted);
    JsonObject device = get("/v0/devices/" + id).as(ada).object();
    assertThat(device.getJsonObject("data_policy").getBoolean("enable_forwarding")).isFalse();
    patch("/v0/users/ada").as(admin).send(new JsonObject().put("role_mask", 2));
    patch("/v0/devices/" + id).as(ada).send(wanted);
    device = get("/v0/devices/" + id).as(ada).object();
    assertThat(device.getJsonObject("data_policy").getBoolean("enable_forwarding")).isTrue();
    assertThat(device.getJsonArray("system_tags")).doesNotContain("test_device");
  }

  @Test
  void aMacAddressGoesToWhoClaimedItLast() {
    int first = device(ada, full());
    int second =
        device(bob, new JsonObject().put("name", "Other").put("mac_address", "AB-45-2D-33-98-01"));
    assertThat(get("/v0/devices/" + first).as(ada).object().containsKey("mac_address")).isFalse();
    assertThat(get("/v0/devices/" + second).as(bob).object().getString("mac_address"))
        .isEqualTo("ab:45:2d:33:98:01");
  }

  @Test
  void anUnknownTagIsNotFound() {
    assertAnswer(
        post("/v0/devices")
            .as(ada)
            .send(new JsonObject().put("name", "Roof").put("user_tags", "Nice, Other")),
        404,
        notFound("Tag", "name", "Nice"));
  }

  @Test
  void anArchivedDeviceIsGoneAtOnce() {
    int id = device(ada, "Roof");
    assertAnswer(delete("/v0/devices/" + id).as(ada).send(), 200, "{\"message\":\"OK\"}");
    String gone = notFound("Device", "id", Integer.toString(id));
    assertAnswer(get("/v0/devices/" + id).as(ada).send(), 404, gone);
    assertAnswer(post("/v0/devices/" + id + "/readings").as(ada).send(), 404, gone);
    assertThat(get("/v0/devices").as(ada).array()).isEmpty();
  }

  @Test
  void whatIsNoIdIsNotFound() {
    assertAnswer(get("/v0/devices/world").send(), 404, notFound("Device", "id", "world"));
    String huge = "9".repeat(40);
    assertAnswer(get("/v0/devices/" + huge).send(), 404, notFound("Device", "id", huge));
  }

  @ParameterizedTest
  @CsvSource({"name,255", "description,10000", "hardware_name_override,255"})
  void whatIsTooLongIsRefused(String field, int longest) {
    int id = device(ada, "Roof");
    JsonObject change = new JsonObject().put(field, "é".repeat(longest));
    assertThat(patch("/v0/devices/" + id).as(ada).send(change).statusCode()).isEqualTo(200);
    change.put(field, "é".repeat(longest + 1));
    assertAnswer(
        patch("/v0/devices/" + id).as(ada).send(change),
        422,
        unprocessable(
            "{\"" + field + "\":[\"is too long (maximum is " + longest + " characters)\"]}"));
  }

  @Test
  void metaHasSixtyFourKilobytesAtMost() {
    int id = device(ada, "Roof");
    JsonObject much = new JsonObject().put("k", "x".repeat(64 * 1024));
    for (Object meta : new Object[] {much, much.encode()})
      assertThat(
              patch("/v0/devices/" + id)
                  .as(ada)
                  .send(new JsonObject().put("meta", meta))
                  .bodyAsString())
          .contains("\"meta\":[\"is too long (maximum is 65536 characters)\"]");
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

  private Future<Device> replaceToken(int id, SealedToken token) {
    return node.metadata
        .devices()
        .update(new DeviceId(id), before -> before.withToken(token, TestNode.NOW));
  }
}
