package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.CatalogueSeed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients that are out there rely on, asked for as they do it. */
class ClientFactsTest extends HttpTest {
  @Test
  void thePythonClientSplitsTheLinkHeaderAtCommasAndFollowsNextToTheEnd() {
    List<Integer> ids = new ArrayList<>();
    Optional<String> page = Optional.of("/v0/sensors/?per_page=50&note=a,b;c");
    while (page.isPresent()) {
      HttpResponse<Buffer> answer = get(page.get()).send();
      for (Object sensor : answer.bodyAsJsonArray())
        ids.add(((JsonObject) sensor).getInteger("id"));
      page = next(answer.getHeader("Link")).map(url -> url.substring(node.url().length()));
    }

    assertThat(ids)
        .hasSize(CatalogueSeed.shipped().sensors().size())
        .hasSizeGreaterThan(100)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  private static Optional<String> next(String links) {
    for (String link : links.split(",")) {
      String[] parts = link.split(";");
      if (parts[1].strip().equals("rel=\"next\""))
        return Optional.of(parts[0].strip().replaceAll("[<>]", ""));
    }
    return Optional.empty();
  }

  @Test
  void thePythonClientPutsATimeWithAPlusIntoTheUrlAsItIs() {
    int id = device(ada, "Roof");
    reading(ada, id, "2026-02-02T16:00:32Z", 55, 19);

    JsonObject answer =
        get("/v0/devices/"
                + id
                + "/readings?sensor_id=55&rollup=1m"
                + "&from=2026-02-02+16:00:32+00:00&to=2026-02-02+16:00:32+00:00")
            .object();

    assertThat(answer.getJsonArray("readings")).hasSize(1);
  }

  @Test
  void strictClientsFindNoNullWhereTheyWantSomething() {
    String uri = "/v0/devices/" + device(ada, "Roof");
    for (JsonObject device : List.of(get(uri).as(ada).object(), get(uri).object())) {
      assertThat(device.getValue("device_token")).isInstanceOf(String.class);
      for (String name : List.of("uuid", "name", "state", "updated_at"))
        assertThat(device.getValue(name)).as(name).isInstanceOf(String.class);
      for (String name : List.of("name", "type", "slug"))
        assertThat(device.getJsonObject("hardware").getValue(name)).isInstanceOf(String.class);
      for (String name : List.of("stopped_publishing", "low_battery"))
        assertThat(device.getJsonObject("notify").getValue(name)).isInstanceOf(Boolean.class);
      assertThat(device.getJsonObject("data_policy").fieldNames())
          .contains("is_private", "precise_location", "enable_forwarding");
      assertThat(device.getJsonObject("location")).isNotNull();
      assertThat(device.getJsonObject("data").getJsonArray("sensors")).isNotNull();
      assertThat(device.getJsonObject("owner").getString("profile_picture")).isEmpty();
    }
    JsonObject me = get("/v0/me").as(ada).object();
    for (String name :
        List.of("profile_picture", "email", "forwarding_token", "forwarding_username"))
      assertThat(me.getValue(name)).as(name).isInstanceOf(String.class);
  }

  @Test
  void theWebsiteTakesALegacyKeyForASignedInUser() {
    JsonObject login = new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD);
    String cookie = post("/v0/sessions").send(login).getHeader("Set-Cookie").split(";")[0];

    HttpResponse<Buffer> me =
        get("/v0/me").with("Cookie", cookie).with("Origin", node.url()).send();

    assertThat(me.bodyAsJsonObject().getString("legacy_api_key")).isNotEmpty();
    assertThat(me.getHeader("Access-Control-Allow-Origin")).isEqualTo(node.url());
    assertThat(me.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
  }

  @Test
  void theWordFilteredStandsWhereASecretWouldStand() {
    device(ada, new JsonObject().put("name", "Roof").put("device_token", "ab12cd"));
    String seen = get("/v0/devices").send().bodyAsString() + get("/v0/users/ada").send().body();

    assertThat(seen)
        .contains("\"device_token\":\"[FILTERED]\"", "\"email\":\"[FILTERED]\"")
        .doesNotContain("ab12cd", "ada@example.org", ada.user().legacyApiKey());
  }

  @Test
  void whoAsksForAnArchiveTooSoonIsToldToCalmDown() {
    String uri = "/v0/devices/" + device(ada, "Roof") + "/readings/csv_archive/";
    get(uri).as(ada).send();

    HttpResponse<Buffer> again = get(uri).as(ada).send();

    assertThat(again.statusCode()).isEqualTo(420);
    assertThat(again.bodyAsJsonObject().getString("id")).isEqualTo("enhance_your_calm");
  }

  @Test
  void aSlashAtTheEndIsFineForEveryMethodWithAndWithoutTheVersion() {
    JsonObject name = new JsonObject().put("name", "Attic");
    for (String root : List.of("/v0", "")) {
      HttpResponse<Buffer> made = post(root + "/devices/").as(ada).send(name);
      assertThat(made.statusCode()).isEqualTo(201);
      String uri = root + "/devices/" + made.bodyAsJsonObject().getInteger("id") + "/";
      for (HttpMethod method : List.of(HttpMethod.PATCH, HttpMethod.PUT))
        assertThat(node.call(method, uri).as(ada).send(name).statusCode()).isEqualTo(200);
      assertThat(get(uri).send().statusCode()).isEqualTo(200);
      assertThat(node.call(HttpMethod.HEAD, uri).send().statusCode()).isEqualTo(200);
      assertThat(delete(uri).as(ada).send().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void jsonAtTheEndIsTheFormatButAtAUserItIsTheName() {
    assertThat(get("/v0/sensors/55.json").object().getInteger("id")).isEqualTo(55);
    assertThat(get("/sensors.json").array()).isEqualTo(get("/v0/sensors").array());
    node.person("ada.json", 0);
    assertThat(get("/v0/users/ada.json").object().getString("username")).isEqualTo("ada.json");
  }

  @Test
  void anOldPageReadsAnAnswerAsAScript() {
    String script = get("/v0/sensors/55?callback=show").send().bodyAsString();

    assertThat(script).startsWith("/**/show({").endsWith("})");
  }

  @Test
  void aClientThatNamesVersion0InItsAcceptHeaderNeedsItNowhereElse() {
    String accept = "application/vnd.smartcitizen; version=0";
    JsonArray sensors = get("/sensors/").with("Accept", accept).array();
    assertThat(sensors).isEqualTo(get("/v0/sensors").array());
    assertThat(get("/").with("Accept", accept).object().getString("notice")).startsWith("Welcome");
  }
}
