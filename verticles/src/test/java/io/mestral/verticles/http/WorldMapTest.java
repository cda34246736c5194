package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.TestNode.Call;
import io.mestral.verticles.http.TestNode.Person;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorldMapTest extends HttpTest {
  private static final String WORLD = "/v0/devices/world_map";
  private static final String FRESH = "/v0/devices/fresh_world_map";
  private static final String AT_TEN = "2026-02-03T10:00:00Z";

  @Test
  void aDeviceIsShownAsTheMapShowsIt() {
    int roof = located(ada, "Roof \"top\"", false);
    reading(ada, roof, AT_TEN, 55, 19.5);
    assertAnswer(
        get(WORLD).send(),
        200,
        "[{\"id\":1,\"name\":\"Roof \\\"top\\\"\",\"description\":\"Çà et là\","
            + "\"state\":\"has_published\",\"system_tags\":[\"new\",\"online\",\"outdoor\"],"
            + "\"user_tags\":[],\"last_reading_at\":\"2026-02-03T10:00:00Z\","
            + "\"location\":{\"exposure\":\"outdoor\",\"latitude\":41.39669,"
            + "\"longitude\":2.19219},"
            + "\"hardware\":{\"name\":\"Unknown\",\"type\":\"Unknown\",\"version\":null,"
            + "\"slug\":\"unknown\",\"last_status_message\":\"[FILTERED]\"}}]");
  }

  @Test
  void onlyLocatedDevicesThatWereHeardAndAreNoTestAreThere() {
    int roof = located(ada, "Roof", false);
    located(ada, "Mute", false);
    int nowhere = device(ada, "Nowhere");
    int test = located(admin, "Test", new JsonObject().put("is_test", true));
    for (int heard : new int[] {roof, nowhere}) reading(ada, heard, AT_TEN, 55, 1);
    reading(admin, test, AT_TEN, 55, 1);
    assertThat(names(get(WORLD))).containsExactly("Roof");
    assertThat(names(get(FRESH).as(admin))).containsExactly("Roof");
  }

  @Test
  void theWorldMapIsAnonymousForEverybodyAndTheFreshOneIsNot() {
    int roof = located(ada, "Roof", false);
    int bedroom = located(ada, "Bedroom", true);
    for (int heard : new int[] {roof, bedroom}) reading(ada, heard, AT_TEN, 55, 1);
    for (Person any : new Person[] {ada, bob, admin})
      assertThat(names(get(WORLD).as(any))).containsExactly("Roof");
    for (Person may : new Person[] {ada, admin})
      assertThat(names(get(FRESH).as(may))).containsExactly("Roof", "Bedroom");
    assertThat(names(get(FRESH).as(bob))).containsExactly("Roof");
    assertThat(names(get(FRESH))).containsExactly("Roof");
  }

  @Test
  void theWorldMapFollowsWithinASecondAndTheFreshOneAtOnce() {
    int roof = located(ada, "Roof", false);
    reading(ada, roof, AT_TEN, 55, 1);
    assertThat(names(get(WORLD))).containsExactly("Roof");
    int yard = located(bob, "Yard", false);
    reading(bob, yard, AT_TEN, 55, 1);
    assertThat(names(get(FRESH))).containsExactly("Roof", "Yard");
    patch("/v0/devices/" + yard).as(bob).send(new JsonObject().put("name", "Garden"));
    assertThat(names(get(FRESH))).containsExactly("Roof", "Garden");
    patch("/v0/devices/" + yard).as(bob).send(new JsonObject().put("is_private", true));
    assertThat(names(get(FRESH))).containsExactly("Roof");
    aSecondLater();
    assertThat(names(get(WORLD))).containsExactly("Roof");
    patch("/v0/devices/" + yard).as(bob).send(new JsonObject().put("is_private", false));
    reading(ada, roof, "2026-02-03T10:01:00Z", 55, 2);
    aSecondLater();
    assertThat(names(get(WORLD))).containsExactly("Roof", "Garden");
    assertThat(get(WORLD).array().getJsonObject(0).getString("last_reading_at"))
        .isEqualTo("2026-02-03T10:01:00Z");
    delete("/v0/devices/" + roof).as(ada).send();
    aSecondLater();
    assertThat(names(get(WORLD))).containsExactly("Garden");
  }

  @Test
  void tagsFollowTheClockAlone() {
    int roof = located(ada, "Roof", false);
    reading(ada, roof, AT_TEN, 55, 1);
    String tag = get(WORLD).send().getHeader("ETag");
    node.clock.forward(Duration.ofMinutes(54));
    HttpResponse<Buffer> later = get(WORLD).with("If-None-Match", tag).send();
    assertThat(later.bodyAsJsonArray().getJsonObject(0).getJsonArray("system_tags"))
        .containsExactly("new", "offline", "outdoor");
    node.clock.forward(Duration.ofDays(7));
    assertThat(get(WORLD).array().getJsonObject(0).getJsonArray("system_tags"))
        .containsExactly("offline", "outdoor");
  }

  @ParameterizedTest
  @ValueSource(strings = {WORLD, FRESH})
  void whoHasItAlreadyIsToldSoUntilItChanges(String map) {
    int roof = located(ada, "Roof", false);
    reading(ada, roof, AT_TEN, 55, 1);
    String tag = get(map).send().getHeader("ETag");
    assertThat(tag).startsWith("\"").endsWith("\"");
    aSecondLater();
    HttpResponse<Buffer> again = get(map).with("If-None-Match", "\"x\", " + tag).send();
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isNull();
    reading(ada, roof, "2026-02-03T10:01:00Z", 55, 1);
    aSecondLater();
    assertThat(get(map).with("If-None-Match", tag).send().statusCode()).isEqualTo(200);
  }

  @Test
  void aMapOfManyIsTheSameInPiecesAndCompressed() throws IOException {
    for (int i = 1; i <= 40; i++) {
      int made = located(ada, "Kit " + i, i % 7 == 0);
      reading(ada, made, AT_TEN, 55, i);
    }
    reading(ada, 20, "2026-02-03T10:05:00Z", 55, 1);
    List<String> open =
        IntStream.rangeClosed(1, 40).filter(i -> i % 7 != 0).mapToObj(i -> "Kit " + i).toList();
    assertThat(names(get(WORLD))).isEqualTo(open);
    HttpResponse<Buffer> gzip = get(WORLD).with("Accept-Encoding", "gzip").send();
    assertThat(gzip.getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(unzipped(gzip.body())).isEqualTo(get(WORLD).send().bodyAsString());
    assertThat(gzip.getHeader("ETag")).isNotEqualTo(get(WORLD).send().getHeader("ETag"));
    HttpResponse<Buffer> known =
        get(WORLD)
            .with("Accept-Encoding", "gzip")
            .with("If-None-Match", gzip.getHeader("ETag"))
            .send();
    assertThat(known.statusCode()).isEqualTo(304);
    assertThat(names(get(FRESH).as(ada))).hasSize(40);
    HttpResponse<Buffer> own = get(FRESH).as(ada).with("Accept-Encoding", "gzip").send();
    assertThat(new JsonArray(unzipped(own.body()))).hasSize(40);
  }

  @Test
  void anEmptyWorldIsAnEmptyList() {
    assertAnswer(get(WORLD).send(), 200, "[]");
    assertAnswer(get("/devices/fresh_world_map/").send(), 200, "[]");
  }

  private int located(Person owner, String name, boolean isPrivate) {
    return located(owner, name, new JsonObject().put("is_private", isPrivate));
  }

  private int located(Person owner, String name, JsonObject wanted) {
    return device(
        owner,
        wanted
            .put("name", name)
            .put("description", "Çà et là")
            .put("latitude", 41.39669)
            .put("longitude", 2.19219)
            .put("exposure", "outdoor"));
  }

  private static List<String> names(Call call) {
    return call.array().stream().map(each -> ((JsonObject) each).getString("name")).toList();
  }

  private void aSecondLater() {
    node.clock.forward(Duration.ofSeconds(1));
  }

  private static String unzipped(Buffer gzip) throws IOException {
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(gzip.getBytes())).readAllBytes(),
        StandardCharsets.UTF_8);
  }
}
