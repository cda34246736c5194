package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.FORBIDDEN;
import static io.mestral.verticles.http.HttpTest.UNAUTHORIZED;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static io.mestral.verticles.http.HttpTest.unprocessable;
import static io.mestral.verticles.http.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Gateway;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.verticles.people.PeopleCareVerticle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Leaving the platform with everything, or without (spec 2.8, 3.2). */
class LeavingTest extends PeopleTest {
  private static final String OK = "{\"message\":\"OK\"}";
  private static final Instant TEN = Instant.parse("2026-02-03T10:00:00Z");

  @Test
  void whoLeavesIsGoneAtOnceWithAllDevices() {
    int roof = device(ada, "Roof");
    String cookie = signIn("ada", TestNode.PASSWORD).getHeader("Set-Cookie").split(";")[0];
    assertAnswer(delete("/v0/me").as(ada).send(), 200, OK);
    assertAnswer(get("/v0/me").as(ada).send(), 401, UNAUTHORIZED);
    assertThat(get("/v0/me").with("Cookie", cookie).send().statusCode()).isEqualTo(401);
    assertThat(get("/v0/users/ada").send().statusCode()).isEqualTo(404);
    assertThat(get("/v0/devices/" + roof).as(admin).send().statusCode()).isEqualTo(404);
    assertThat(signIn("ada", TestNode.PASSWORD).statusCode()).isEqualTo(404);
    assertThat(node.changedUsers).contains(ada.user().id());
  }

  @Test
  void whoLeavesTakesTheirGatewaysAlong() {
    JsonObject gateway =
        new JsonObject().put("name", "roof").put("iri", "https://example.org/id/roof");
    post("/ops/v1/gateways").as(admin).send(gateway.copy().put("owner", "ada"));
    assertAnswer(delete("/v0/me").as(ada).send(), 200, OK);
    assertThat(node.endedGateways).extracting(Gateway::name).containsExactly("roof");
    assertThat(get("/ops/v1/gateways").as(admin).array()).isEmpty();
    assertThat(post("/ops/v1/gateways").as(admin).send(gateway).statusCode()).isEqualTo(201);
  }

  @Test
  void onlyOneselfCanBeDeletedAndOnlyByNumber() {
    long id = ada.user().id().value();
    assertAnswer(delete("/v0/users/" + id).send(), 403, FORBIDDEN);
    assertAnswer(delete("/v0/users/" + id).as(bob).send(), 403, FORBIDDEN);
    assertAnswer(delete("/v0/users/" + id).as(admin).send(), 403, FORBIDDEN);
    assertAnswer(delete("/v0/users/ada").as(ada).send(), 403, FORBIDDEN);
    assertAnswer(delete("/v0/me").send(), 401, UNAUTHORIZED);
    assertAnswer(
        delete("/v0/me?readings=all").as(ada).send(),
        422,
        unprocessable("{\"readings\":[\"is not included in the list\"]}"));
    assertAnswer(delete("/v0/users/" + id + "/").as(ada).send(), 200, OK);
  }

  @Test
  void readingsStayWithoutAPersonUnlessTheyAreToGo() {
    DeviceId kept = new DeviceId(device(ada, "Kept"));
    DeviceId erased = new DeviceId(device(bob, "Erased"));
    for (DeviceId device : List.of(kept, erased))
      await(
          node.readings.append(
              List.of(new Reading(device, new SensorId(55), TEN.getEpochSecond(), 21))));
    assertAnswer(delete("/v0/me").as(ada).send(), 200, OK);
    assertAnswer(
        delete("/v0/me").as(bob).send(new JsonObject().put("readings", "delete")), 200, OK);
    PeopleCareVerticle.Terms terms =
        new PeopleCareVerticle.Terms(Optional.of(Duration.ofDays(365)), Duration.ofMillis(5));
    await(
        node.vertx()
            .deployVerticle(
                new PeopleCareVerticle(node.metadata, node.readings, terms, node.clock)));
    assertThat(count(erased)).as("archived only").isEqualTo(1);
    node.clock.forward(Duration.ofHours(25));
    waitFor(() -> count(erased) == 0);
    waitFor(() -> await(node.metadata.departures().devicesDue(node.clock.instant(), 9)).isEmpty());
    assertThat(count(kept)).isEqualTo(1);
    assertThat(await(node.metadata.departures().usersDue(node.clock.instant(), 9))).hasSize(2);
    node.clock.forward(Duration.ofHours(48));
    waitFor(() -> await(node.metadata.departures().usersDue(node.clock.instant(), 9)).isEmpty());
    assertThat(count(kept)).isEqualTo(1);
  }

  @Test
  void readingsOfADeviceThatOneDeletedBeforeGoToo() {
    DeviceId former = new DeviceId(device(bob, "Former"));
    Reading reading = new Reading(former, new SensorId(55), TEN.getEpochSecond(), 21);
    await(node.readings.append(List.of(reading)));
    assertThat(delete("/v0/devices/" + former.value()).as(bob).send().statusCode()).isEqualTo(200);
    assertAnswer(delete("/v0/me?readings=delete").as(bob).send(), 200, OK);
    PeopleCareVerticle.Terms terms =
        new PeopleCareVerticle.Terms(Optional.empty(), Duration.ofMillis(5));
    await(
        node.vertx()
            .deployVerticle(
                new PeopleCareVerticle(node.metadata, node.readings, terms, node.clock)));
    assertThat(count(former)).as("archived only").isEqualTo(1);
    node.clock.forward(Duration.ofHours(25));
    waitFor(() -> count(former) == 0);
  }

  @Test
  void everythingThatIsHeldOfSomebodyCanBeTakenAlong() throws IOException {
    int roof =
        device(
            ada,
            new JsonObject()
                .put("name", "Roof")
                .put("device_token", "secret1")
                .put("latitude", 41.4)
                .put("longitude", 2.2));
    JsonObject reading =
        new JsonObject()
            .put("recorded_at", "2026-02-03T10:00:00Z")
            .put("sensors", new JsonArray().add(new JsonObject().put("id", 55).put("value", 21.5)));
    post("/v0/devices/" + roof + "/readings")
        .as(ada)
        .send(new JsonObject().put("data", new JsonArray().add(reading)));
    patch("/v0/me").as(ada).send(new JsonObject().put("city", "Turin"));
    post("/v0/experiments").as(ada).send(new JsonObject().put("name", "Street"));
    post("/v0/experiments").as(bob).send(new JsonObject().put("name", "Bob's"));
    HttpResponse<Buffer> answer = get("/v0/me/export").as(ada).send();
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/zip");
    Map<String, String> files = unzipped(answer.body());
    assertThat(files)
        .containsOnlyKeys(
            "account.json",
            "tokens.json",
            "applications.json",
            "authorizations.json",
            "identities.json",
            "experiments.json",
            "audit.jsonl",
            "devices.json",
            "readings/" + roof + ".csv");
    assertThat(new JsonObject(files.get("account.json")).getString("email"))
        .isEqualTo("ada@example.org");
    assertThat(files.get("audit.jsonl")).contains("\"PATCH /v0/me\"").contains("\"city\"");
    assertThat(new JsonArray(files.get("devices.json")).getJsonObject(0).getString("name"))
        .isEqualTo("Roof");
    assertThat(files.get("experiments.json")).contains("\"Street\"").doesNotContain("Bob's");
    assertThat(files.get("readings/" + roof + ".csv")).contains("2026-02-03 10:00:00 UTC,21.5");
    assertThat(String.join("\n", files.values()))
        .doesNotContain("secret1")
        .doesNotContain(ada.token())
        .doesNotContain(ada.user().legacyApiKey());
    assertAnswer(get("/v0/me/export").send(), 401, UNAUTHORIZED);
  }

  private int count(DeviceId device) {
    return await(node.readings.read(new Series(device, new SensorId(55)), TimeRange.ALWAYS, 10))
        .size();
  }

  private static Map<String, String> unzipped(Buffer zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.getBytes()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return files;
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }
}
