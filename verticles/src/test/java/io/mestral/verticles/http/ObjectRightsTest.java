package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Things of others, and other things that people try with an API. */
class ObjectRightsTest extends HttpTest {
  private HttpResponse<Buffer> ask(TestNode.Person person, String method, String uri) {
    HttpMethod verb = HttpMethod.valueOf(method);
    var call = node.call(verb, uri).as(person);
    return verb == HttpMethod.GET || verb == HttpMethod.DELETE
        ? call.send()
        : call.send(new JsonObject().put("name", "Mine now").put("data", new JsonArray()));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v0/devices/{id}",
    "PATCH, /v0/devices/{id}",
    "DELETE, /v0/devices/{id}",
    "POST, /v0/devices/{id}/token",
    "GET, /v0/devices/{id}/ingest_errors",
    "GET, /v0/devices/{id}/quarantine",
    "GET, /v0/devices/{id}/readings?sensor_id=55&rollup=1h",
    "GET, /v0/devices/{id}/readings.csv",
    "POST, /v0/devices/{id}/readings",
    "DELETE, /v0/devices/{id}/readings?sensor_id=55",
    "GET, /v0/devices/{id}/readings/csv_archive",
    "GET, /v0/devices/{id}/exports",
    "GET, /v0/devices/{id}/uploads"
  })
  void nothingOfAnothersPrivateDeviceIsSeenOrChanged(String method, String uri) {
    int id = device(ada, new JsonObject().put("name", "Cellar").put("is_private", true));
    String path = uri.replace("{id}", Integer.toString(id));
    assertThat(ask(bob, method, path).statusCode()).isEqualTo(403);
    assertThat(get("/v0/devices/" + id).as(ada).object().getString("name")).isEqualTo("Cellar");
  }

  @ParameterizedTest
  @CsvSource({"GET", "PATCH", "DELETE"})
  void anothersApplicationIsNotThere(String method) {
    OAuthClient.of(node, ada, new JsonObject());
    int id = get("/v0/applications").as(ada).array().getJsonObject(0).getInteger("id");
    assertAnswer(
        ask(bob, method, "/v0/applications/" + id),
        404,
        notFound("Application", "id", Integer.toString(id)));
    assertThat(get("/v0/applications").as(bob).array()).isEmpty();
    assertThat(get("/v0/applications").send().statusCode()).isEqualTo(401);
    assertThat(get("/v0/applications/" + id).as(ada).object().getString("name"))
        .isEqualTo("Field notes");
  }

  @Test
  void anApplicationIsShownAsThePlatformDoes() {
    JsonObject wanted =
        new JsonObject()
            .put("name", "Notes")
            .put("redirect_uri", OAuthClient.CALLBACK)
            .put("scopes", "profile devices:read");
    HttpResponse<Buffer> made = post("/v0/applications").as(ada).send(wanted);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.bodyAsJsonObject().fieldNames())
        .containsExactly(
            "id", "name", "uid", "secret", "redirect_uri", "scopes", "created_at", "updated_at");
    String own = "/v0/applications/" + made.bodyAsJsonObject().getInteger("id");
    JsonObject changed =
        patch(own).as(ada).send(new JsonObject().put("name", "Better")).bodyAsJsonObject();
    assertThat(changed.getString("name")).isEqualTo("Better");
    assertThat(changed.getString("scopes")).isEqualTo("profile devices:read");
    assertAnswer(delete(own).as(ada).send(), 200, "{\"message\":\"OK\"}");
    assertThat(get(own).as(ada).send().statusCode()).isEqualTo(404);
  }

  @Test
  void anApplicationWithoutNameOrWithAnUnsafeAddressIsRefused() {
    assertAnswer(
        post("/v0/applications")
            .as(ada)
            .send(
                new JsonObject()
                    .put("redirect_uri", "http://example.org/")
                    .put("scopes", "everything")),
        422,
        unprocessable(
            "{\"name\":[\"can't be blank\"],\"redirect_uri\":[\"must be an HTTPS/SSL URI.\"],"
                + "\"scopes\":[\"doesn't match configured on the server.\"]}"));
  }

  @Test
  void membersThatNobodyMaySetAreLeftOut() {
    JsonObject wishes =
        new JsonObject()
            .put("role_mask", 5)
            .put("id", 1)
            .put("uuid", "00000000-0000-0000-0000-000000000000")
            .put("legacy_api_key", "mine")
            .put("city", "Girona");
    JsonObject me = patch("/v0/me").as(bob).send(wishes).bodyAsJsonObject();
    assertThat(me.getString("role")).isEqualTo("citizen");
    assertThat(me.getInteger("id")).isEqualTo((int) bob.user().id().value());
    int device =
        device(
            bob,
            new JsonObject()
                .put("name", "Roof")
                .put("owner_id", ada.user().id().value())
                .put("is_test", true)
                .put("enable_forwarding", true));
    JsonObject made = get("/v0/devices/" + device).as(bob).object();
    assertThat(made.getJsonObject("owner").getString("username")).isEqualTo("bob");
    assertThat(made.getJsonObject("data_policy").getBoolean("enable_forwarding")).isFalse();
    assertThat(made.getJsonArray("system_tags").contains("test_device")).isFalse();
    JsonObject application =
        post("/v0/applications")
            .as(bob)
            .send(
                new JsonObject()
                    .put("name", "Notes")
                    .put("redirect_uri", OAuthClient.CALLBACK)
                    .put("uid", "chosen")
                    .put("secret", "chosen")
                    .put("owner_id", ada.user().id().value()))
            .bodyAsJsonObject();
    assertThat(application.getString("uid")).isNotEqualTo("chosen");
    assertThat(application.getString("secret")).isNotEqualTo("chosen");
    assertThat(get("/v0/applications").as(bob).array()).hasSize(1);
  }

  @Test
  void whatLooksLikeSqlIsText() {
    String text = "'; DROP TABLE users; --\" OR 1=1";
    int id = device(ada, text);
    assertThat(get("/v0/devices/" + id).object().getString("name")).isEqualTo(text);
    assertThat(get("/v0/devices/1%20OR%201=1").send().statusCode()).isEqualTo(404);
    assertThat(get("/v0/users/ada'%20OR%20'1'='1").send().statusCode()).isEqualTo(404);
  }

  @Test
  void aTokenInAUrlCountsOnThePlatformAlone() {
    assertThat(get("/v0/me?access_token=" + ada.token()).send().statusCode()).isEqualTo(200);
    assertThat(get("/me?bearer_token=" + ada.token()).send().statusCode()).isEqualTo(200);
    assertThat(get("/ops/v1/sessions?access_token=" + admin.token()).send().statusCode())
        .isEqualTo(401);
    assertThat(get("/oauth/userinfo?access_token=" + ada.token()).send().statusCode())
        .isEqualTo(401);
    assertThat(get("/oauth/userinfo").as(ada).send().statusCode()).isEqualTo(200);
  }

  @Test
  void nothingThatARequestNamesIsFetched() {
    AtomicInteger visits = new AtomicInteger();
    HttpServer trap =
        TestNode.await(
            node.vertx()
                .createHttpServer()
                .requestHandler(
                    request -> {
                      visits.incrementAndGet();
                      request.response().end("{}");
                    })
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + trap.actualPort() + "/";
    JsonObject wanted =
        new JsonObject()
            .put("redirect_uris", new JsonArray().add(url))
            .put("jwks_uri", url)
            .put("logo_uri", url)
            .put("client_uri", url)
            .put("policy_uri", url)
            .put("sector_identifier_uri", url)
            .put("token_endpoint_auth_method", "none");
    HttpResponse<Buffer> made = post("/oauth/register").as(ada).send(wanted);
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    String asked =
        "/oauth/authorize?response_type=code&client_id="
            + made.bodyAsJsonObject().getString("client_id")
            + "&redirect_uri="
            + url
            + "&request_uri="
            + url;
    assertThat(get(asked).send().getHeader("Location")).contains("error=request_not_supported");
    assertThat(visits).hasValue(0);
  }
}
