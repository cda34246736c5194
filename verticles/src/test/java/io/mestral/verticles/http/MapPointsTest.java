package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.ReadingStore;
import io.mestral.verticles.http.TestNode.Person;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapPointsTest extends HttpTest {
  private static final String NOISE = "/v0/map/points?measure=noise_dba";
  private static final String AT_TEN = "2026-02-03T10:00:00Z";
  private static final long TEN = Instant.parse(AT_TEN).getEpochSecond();
  private static final int NOISE_SENSOR = 53;

  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void everyDeviceThatEverSaidAnythingIsThereWithItsValueOfTheMeasure() {
    int roof = located(ada, "Roof", 41.39669, 2.19219);
    int cellar = located(bob, "Cellar \"deep\"", -33.5, 151);
    located(bob, "Mute", 1, 1);
    int nowhere = device(ada, "Nowhere");
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    reading(ada, roof, "2026-02-03T09:00:00Z", NOISE_SENSOR, 60);
    reading(bob, cellar, "2026-02-02T10:00:00Z", 55, 19.7);
    reading(ada, nowhere, AT_TEN, NOISE_SENSOR, 1);
    assertAnswer(
        get(NOISE).send(),
        200,
        "{\"measure\":\"noise_dba\",\"mean\":null,"
            + "\"sensors\":[{\"id\":53,\"key\":\"noise_dba\",\"unit\":\"dBA\"}],"
            + "\"id\":[1,2],\"lat\":[41.39669,-33.5],\"lon\":[2.19219,151],"
            + "\"name\":[\"Roof\",\"Cellar \\\"deep\\\"\"],\"flags\":[5,1],"
            + "\"at\":["
            + TEN
            + ",null],\"value\":[48.5,null],\"sensor\":[53,null]}\n");
  }

  @Test
  void aMeasureIsNamedByItsMeasurementInAnyWritingOrByASensorsKey() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, 55, 19.7);
    for (String name :
        new String[] {"air-temperature", "Air%20Temperature", "airtemperature", "temperature", "1"})
      assertThat(points("/v0/map/points?measure=" + name).getString("measure"))
          .isEqualTo("air-temperature");
    assertThat(points("/v0/map/points?measure=t").getJsonArray("value")).containsExactly(19.7);
  }

  @Test
  void valuesAreShownAsTheSensorsEquationSays() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, 58, 1000);
    equation(58, "x/10 + 1");
    assertThat(points("/v0/map/points?measure=bar").getJsonArray("value")).containsExactly(101);
  }

  @Test
  void whatCantBeShownIsRefusedWithWhatCan() {
    HttpResponse<Buffer> unknown = get("/v0/map/points?measure=love").send();
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.bodyAsJsonObject().getString("message"))
        .contains("measure", "air-temperature", "noise_dba");
    HttpResponse<Buffer> week = get(NOISE + "&mean=1w").send();
    assertThat(week.statusCode()).isEqualTo(400);
    assertThat(week.bodyAsJsonObject().getString("message")).contains("mean", "1h", "1d");
    assertAnswer(get("/v0/map/points").send(), 400, missing("measure"));
  }

  @Test
  void privateDevicesAreThereForTheirOwnersAndAdministrators() {
    int roof = located(ada, "Roof", 41, 2);
    int bedroom = located(ada, "Bedroom", 42, 3, new JsonObject().put("is_private", true));
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    reading(ada, bedroom, AT_TEN, NOISE_SENSOR, 31);
    assertThat(points(NOISE).getJsonArray("name")).containsExactly("Roof");
    assertThat(pointsAs(bob).getJsonArray("name")).containsExactly("Roof");
    for (Person may : new Person[] {ada, admin}) {
      assertThat(pointsAs(may).getJsonArray("name")).containsExactly("Roof", "Bedroom");
      assertThat(pointsAs(may).getJsonArray("value")).containsExactly(48.5, 31);
      assertThat(pointsAs(may).getJsonArray("flags")).containsExactly(5, 13);
    }
  }

  @Test
  void aNewReadingIsThereASecondLater() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    assertThat(points(NOISE).getJsonArray("value")).containsExactly(48.5);
    reading(ada, roof, "2026-02-03T10:01:00Z", NOISE_SENSOR, 50);
    aSecondLater();
    assertThat(points(NOISE).getJsonArray("value")).containsExactly(50);
    assertThat(points(NOISE).getJsonArray("at")).containsExactly((int) TEN + 60);
  }

  @Test
  void devicesComeChangeAndGo() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    assertThat(points(NOISE).getJsonArray("name")).containsExactly("Roof");
    int yard = located(bob, "Yard", 1, 2);
    reading(bob, yard, AT_TEN, NOISE_SENSOR, 3);
    patch("/v0/devices/" + roof).as(ada).send(new JsonObject().put("name", "Top"));
    aSecondLater();
    assertThat(points(NOISE).getJsonArray("name")).containsExactly("Top", "Yard");
    patch("/v0/devices/" + yard).as(bob).send(new JsonObject().put("is_private", true));
    aSecondLater();
    assertThat(points(NOISE).getJsonArray("name")).containsExactly("Top");
    delete("/v0/devices/" + roof).as(ada).send();
    aSecondLater();
    assertThat(points(NOISE).getJsonArray("name")).isEmpty();
  }

  @Test
  void aDeviceIsOnlineForAnHourAfterItsLastReadingOfAnything() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, 55, 20);
    assertThat(points(NOISE).getJsonArray("flags")).containsExactly(5);
    node.clock.forward(Duration.ofMinutes(55));
    assertThat(points(NOISE).getJsonArray("flags")).containsExactly(1);
  }

  @Test
  void aMeanIsOfTheHourOrDayThatEndsWithTheNewestReading() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, "2026-02-02T10:00:00Z", NOISE_SENSOR, 1_000);
    reading(ada, roof, "2026-02-02T10:00:01Z", NOISE_SENSOR, 70);
    reading(ada, roof, "2026-02-03T09:00:00Z", NOISE_SENSOR, 66);
    reading(ada, roof, "2026-02-03T09:00:01Z", NOISE_SENSOR, 30);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 50);
    JsonObject hour = points(NOISE + "&mean=1h");
    assertThat(hour.getString("mean")).isEqualTo("1h");
    assertThat(hour.getJsonArray("value")).containsExactly(40);
    assertThat(hour.getJsonArray("at")).containsExactly((int) TEN);
    assertThat(points(NOISE + "&mean=1d").getJsonArray("value")).containsExactly(54);
    reading(ada, roof, "2026-02-03T10:00:30Z", NOISE_SENSOR, 10);
    aSecondLater();
    assertThat(points(NOISE + "&mean=1h").getJsonArray("value")).containsExactly(30);
  }

  @Test
  void aMeanIsReadAnewWhenReadingsAreRemoved() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, "2026-02-03T09:30:00Z", NOISE_SENSOR, 30);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 50);
    assertThat(points(NOISE + "&mean=1h").getJsonArray("value")).containsExactly(40);
    String range = "?sensor_id=53&from=2026-02-03T09:00:00Z&to=2026-02-03T09:59:59Z";
    delete("/v0/devices/" + roof + "/readings" + range).as(ada).send();
    aSecondLater();
    assertThat(points(NOISE + "&mean=1h").getJsonArray("value")).containsExactly(50);
  }

  @Test
  void anAnswerVariesByOriginAndByEncoding() {
    assertThat(String.join(",", get(NOISE).send().headers().getAll("Vary")))
        .contains("Origin", "Accept-Encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "*", "\"other\", %s", "strong"})
  void whatIsKnownMayBeAListOrAnythingAndIsComparedWeakly(String form) {
    String tag = get(NOISE).send().getHeader("ETag");
    String known = form.equals("strong") ? tag.substring(2) : form.formatted(tag);
    HttpResponse<Buffer> again = get(NOISE).with("If-None-Match", known).send();
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(get(NOISE).with("If-None-Match", "\"other\"").send().statusCode()).isEqualTo(200);
  }

  @Test
  void whoHasItAlreadyIsToldSoUntilItChanges() {
    int roof = located(ada, "Roof", 41, 2);
    int bedroom = located(ada, "Bedroom", 42, 3, new JsonObject().put("is_private", true));
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    reading(ada, bedroom, AT_TEN, NOISE_SENSOR, 31);
    String visitors = get(NOISE).send().getHeader("ETag");
    String adas = get(NOISE).as(ada).send().getHeader("ETag");
    assertThat(visitors).isNotEqualTo(adas);
    aSecondLater();
    HttpResponse<Buffer> again = get(NOISE).with("If-None-Match", visitors).send();
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.getHeader("ETag")).isEqualTo(visitors);
    assertThat(get(NOISE).as(ada).with("If-None-Match", adas).send().statusCode()).isEqualTo(304);
    assertThat(get(NOISE).as(ada).with("If-None-Match", visitors).send().statusCode())
        .isEqualTo(200);
    reading(ada, bedroom, "2026-02-03T10:01:00Z", NOISE_SENSOR, 32);
    aSecondLater();
    assertThat(get(NOISE).with("If-None-Match", visitors).send().statusCode()).isEqualTo(304);
    assertThat(get(NOISE).as(ada).with("If-None-Match", adas).send().statusCode()).isEqualTo(200);
  }

  @Test
  void anAnswerIsCompressedForWhoTakesIt() throws IOException {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    String plain = get(NOISE).send().bodyAsString();
    HttpResponse<Buffer> gzip = get(NOISE).with("Accept-Encoding", "br, gzip;q=0.9").send();
    assertThat(gzip.getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(gzip.getHeader("Vary")).contains("Accept-Encoding");
    assertThat(unzipped(gzip.body())).isEqualTo(plain);
    HttpResponse<Buffer> refused = get(NOISE).with("Accept-Encoding", "gzip;q=0").send();
    assertThat(refused.bodyAsString()).isEqualTo(plain);
    HttpResponse<Buffer> script =
        get(NOISE + "&callback=show").with("Accept-Encoding", "gzip").send();
    assertThat(unzipped(script.body())).isEqualTo("/**/show(" + plain + ")");
  }

  @Test
  void aStoreThatIsAwayIsSaidAndAskedAgain() {
    int roof = located(ada, "Roof", 41, 2);
    reading(ada, roof, AT_TEN, NOISE_SENSOR, 48.5);
    detours.always(
        ReadingStore.class,
        "latest",
        Detours.failing(new IllegalStateException("/secret/path is gone")));
    assertThat(get(NOISE).send().statusCode()).isEqualTo(500);
    detours.never(ReadingStore.class, "latest");
    assertThat(points(NOISE).getJsonArray("value")).containsExactly(48.5);
  }

  private JsonObject points(String uri) {
    HttpResponse<Buffer> answer = get(uri).send();
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private JsonObject pointsAs(Person viewer) {
    return get(NOISE).as(viewer).object();
  }

  private void aSecondLater() {
    node.clock.forward(Duration.ofSeconds(1));
  }

  private int located(Person owner, String name, double latitude, double longitude) {
    return located(owner, name, latitude, longitude, new JsonObject());
  }

  private int located(
      Person owner, String name, double latitude, double longitude, JsonObject wanted) {
    return device(
        owner,
        wanted
            .put("name", name)
            .put("latitude", latitude)
            .put("longitude", longitude)
            .put("exposure", "outdoor"));
  }

  private static String unzipped(Buffer gzip) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(gzip.getBytes())).readAllBytes(),
        java.nio.charset.StandardCharsets.UTF_8);
  }
}
