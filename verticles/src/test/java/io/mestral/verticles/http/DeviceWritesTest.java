package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec 2.5, 3.2 to 3.4, writing. */
class DeviceWritesTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
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
  void anArchivedDeviceIsGoneAtOnce() {
    int id = device(ada, "Roof");
    assertAnswer(delete("/v0/devices/" + id).as(ada).send(), 200, "{\"message\":\"OK\"}");
    String gone = notFound("Device", "id", Integer.toString(id));
    assertAnswer(get("/v0/devices/" + id).as(ada).send(), 404, gone);
    assertAnswer(post("/v0/devices/" + id + "/readings").as(ada).send(), 404, gone);
    assertThat(get("/v0/devices").as(ada).array()).isEmpty();
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

  private Future<Device> replaceToken(int id, SealedToken token) {
    return node.metadata
        .devices()
        .update(new DeviceId(id), before -> before.withToken(token, TestNode.NOW));
  }
}
