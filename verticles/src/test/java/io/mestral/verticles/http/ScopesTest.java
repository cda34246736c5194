package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token may do that carries a part of its user's rights. */
class ScopesTest extends HttpTest {
  private String named(TestNode.Person person, String scopes) {
    HttpResponse<Buffer> made =
        post("/v0/me/tokens")
            .as(person)
            .send(new JsonObject().put("name", "script").put("scopes", scopes));
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    return made.bodyAsJsonObject().getString("token");
  }

  private HttpResponse<Buffer> with(String token, HttpMethod method, String uri) {
    var call = node.call(method, uri).with("Authorization", "Bearer " + token);
    return method == HttpMethod.GET || method == HttpMethod.DELETE
        ? call.send()
        : call.send(new JsonObject());
  }

  @ParameterizedTest
  @CsvSource({
    "profile, GET, /v0/me",
    "devices:read, GET, /v0/devices",
    "devices:read, GET, /v0/devices/{id}",
    "devices:write, POST, /v0/devices",
    "devices:write, PATCH, /v0/devices/{id}",
    "devices:write, DELETE, /v0/devices/{id}",
    "devices:write, POST, /v0/devices/{id}/token",
    "readings:read, GET, /v0/devices/{id}/readings?sensor_id=55&rollup=1h",
    "readings:read, GET, /devices/{id}/readings.csv",
    "readings:read, GET, /v0/devices/{id}/quarantine/",
    "readings:write, POST, /v0/devices/{id}/readings",
    "readings:write, DELETE, /v0/devices/{id}/readings?sensor_id=55",
    "admin, GET, /ops/v1/sessions",
    "admin, POST, /v0/forwarding_destinations"
  })
  void aRouteTakesItsScopeAndNoOther(String scope, String method, String uri) {
    String path = uri.replace("{id}", Integer.toString(device(admin, "Roof")));
    HttpMethod verb = HttpMethod.valueOf(method);
    List<String> others =
        List.of("profile", "devices:read", "devices:write", "readings:read", "readings:write");
    String all = String.join(" ", others) + " admin smartapi.read smartapi.write openid email";
    String lacking = (" " + all + " ").replace(" " + scope + " ", " ").strip();
    HttpResponse<Buffer> refused = with(named(admin, lacking), verb, path);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.getHeader("WWW-Authenticate"))
        .contains("error=\"insufficient_scope\"", "scope=\"" + scope + "\"");
    if (path.startsWith("/v0")) assertThat(refused.bodyAsString()).isEqualTo(FORBIDDEN);
    assertThat(with(named(admin, scope), verb, path).statusCode()).isNotIn(401, 403);
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /v0/me",
    "PATCH, /v0/users/ada",
    "POST, /v0/me/token",
    "GET, /v0/me/tokens",
    "POST, /v0/me/tokens",
    "DELETE, /v0/me/tokens/1",
    "GET, /v0/me/authorizations",
    "DELETE, /v0/me/authorizations/00000000-0000-4000-8000-000000000000",
    "GET, /v0/applications",
    "POST, /v0/applications",
    "POST, /oauth/register"
  })
  void nobodyMakesCredentialsButPeopleInPerson(String method, String uri) {
    String all =
        "openid profile email devices:read devices:write readings:read readings:write admin"
            + " smartapi.read smartapi.write smartapi.create smartapi.delete smartapi.notify"
            + " smartapi.call smartapi.route smartapi.admin";
    HttpResponse<Buffer> refused = with(named(ada, all), HttpMethod.valueOf(method), uri);
    assertThat(refused.statusCode()).as(refused.bodyAsString()).isEqualTo(403);
  }

  @Test
  void whatMayOnlyBeReadDoesntShowWhatOneCouldWriteWith() {
    int id = device(ada, new JsonObject().put("name", "Roof").put("device_token", "abc123"));
    String uri = "/v0/devices/" + id;
    assertThat(with(named(ada, "devices:read"), HttpMethod.GET, uri).bodyAsString())
        .doesNotContain("abc123");
    assertThat(with(named(ada, "devices:read devices:write"), HttpMethod.GET, uri).bodyAsString())
        .contains("abc123");
    assertThat(
            with(named(ada, "devices:read devices:write"), HttpMethod.GET, "/v1/devices/" + id)
                .bodyAsString())
        .contains("abc123", "\"unauthorized_fields\":[\"email\",\"legacy_api_key\"]")
        .doesNotContain("ada@example.org", ada.user().legacyApiKey());
    assertThat(with(named(ada, "profile"), HttpMethod.GET, "/v0/me").bodyAsString())
        .doesNotContain("ada@example.org");
  }

  @Test
  void whatHasNothingToDoWithDevicesShowsNoPrivateOnes() {
    device(ada, new JsonObject().put("name", "Cellar").put("is_private", true));
    assertThat(with(named(ada, "profile"), HttpMethod.GET, "/v0/me").bodyAsString())
        .doesNotContain("Cellar");
    assertThat(with(named(ada, "profile devices:read"), HttpMethod.GET, "/v0/me").bodyAsString())
        .contains("Cellar");
  }

  @Test
  void anAdministratorsTokenIsACitizensUnlessItSaysSo() {
    int id = device(ada, new JsonObject().put("name", "Cellar").put("is_private", true));
    String uri = "/v0/devices/" + id;
    assertThat(with(named(admin, "devices:read"), HttpMethod.GET, uri).statusCode()).isEqualTo(403);
    assertThat(with(named(admin, "devices:read admin"), HttpMethod.GET, uri).statusCode())
        .isEqualTo(200);
  }
}
