package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Gateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The accounts of gateways, and how far their tokens go over HTTP. */
class GatewaysTest extends HttpTest {
  private static final String GATEWAYS = "/ops/v1/gateways";

  private static JsonObject form(String name, String iri) {
    return new JsonObject().put("name", name).put("iri", iri);
  }

  private HttpResponse<Buffer> make(JsonObject form) {
    return post(GATEWAYS).as(admin).send(form);
  }

  private String tokenOf(String name) {
    return make(form(name, "https://example.org/id/" + name)).bodyAsJsonObject().getString("token");
  }

  @Test
  void aGatewaysTokenIsShownOnce() {
    JsonObject made = make(form("roof", "urn:example:roof").put("owner", "ada")).bodyAsJsonObject();
    String token = made.getString("token");
    assertThat(token).hasSize(43);
    assertThat(made.getString("username")).isEqualTo("gateway:roof");
    assertThat(made.getLong("owner_id")).isEqualTo(ada.user().id().value());
    String listed = get(GATEWAYS).as(admin).send().bodyAsString();
    assertThat(listed).contains("\"roof\"", "urn:example:roof").doesNotContain(token);
    assertThat(made.fieldNames())
        .containsAll(new JsonObject(listed.substring(1, listed.length() - 1)).fieldNames());
  }

  @Test
  void aNameOrAnIriIsGivenAwayOnce() {
    tokenOf("roof");
    assertThat(make(form("roof", "urn:example:other")).bodyAsString())
        .contains("\"name\":[\"has already been taken\"]");
    assertThat(make(form("other", "https://example.org/id/roof")).bodyAsString())
        .contains("\"iri\":[\"has already been taken\"]");
    assertThat(make(form("other", "urn:x:y").put("owner", "nobody")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "the roof", "roof/1", "roof+", "roof%20", "dächer", "gateway:roof"})
  void aNameFitsIntoATopic(String name) {
    HttpResponse<Buffer> answer = make(form(name, "urn:example:roof"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsString()).contains("must be 1 to 64 of letters, digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "roof", "/id/roof", "1urn:x", "urn:", "urn:a b", "urn:<x>", "urn:\u0001"})
  void anIriIsAbsolute(String iri) {
    HttpResponse<Buffer> answer = make(form("roof", iri));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsString()).contains("must be an absolute IRI of at most 2048");
  }

  @Test
  void noGatewayIsCalledLikeTheNode() {
    assertThat(make(form("here", "urn:x:y")).bodyAsString())
        .contains("is what this node itself is called in topics");
  }

  @Test
  void namesAndIrisMayBeAsLongAsTheyAreSaidToBe() {
    String iri = "urn:" + "x".repeat(2_044);
    assertThat(make(form("n".repeat(65), iri)).statusCode()).isEqualTo(422);
    assertThat(make(form("n".repeat(64), iri + "x")).statusCode()).isEqualTo(422);
    assertThat(make(form("n".repeat(64), iri)).statusCode()).isEqualTo(201);
  }

  @Test
  void whatEndsIsTold() {
    String token = tokenOf("roof");
    String next =
        post(GATEWAYS + "/roof/token")
            .as(admin)
            .send(new JsonObject())
            .bodyAsJsonObject()
            .getString("token");
    assertThat(next).isNotEqualTo(token);
    assertThat(node.endedGateways).extracting(Gateway::name).containsExactly("roof");
    assertThat(node.call(HttpMethod.DELETE, GATEWAYS + "/roof").as(admin).send().statusCode())
        .isEqualTo(200);
    assertThat(node.endedGateways).extracting(Gateway::name).containsExactly("roof", "roof");
    assertThat(get(GATEWAYS).as(admin).array()).isEmpty();
    assertThat(post(GATEWAYS + "/roof/token").as(admin).send(new JsonObject()).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v0/me",
    "GET, /v0/users",
    "POST, /v0/devices",
    "PATCH, /v0/devices/{id}",
    "GET, /v0/devices/{id}",
    "POST, /v0/devices/{id}/readings",
    "GET, /v0/devices/{id}/ingest_errors",
    "GET, /v0/me/tokens",
    "GET, /ops/v1/gateways",
    "DELETE, /ops/v1/gateways/roof"
  })
  void toOtherRoutesAGatewayIsAStranger(String method, String uri) {
    JsonObject roof = new JsonObject().put("name", "Roof").put("is_private", true);
    int id = post("/v0/devices").as(ada).send(roof).bodyAsJsonObject().getInteger("id");
    String path = uri.replace("{id}", Integer.toString(id));
    String token =
        make(form("roof", "urn:x:y").put("owner", "ada")).bodyAsJsonObject().getString("token");
    HttpResponse<Buffer> stranger = node.call(HttpMethod.valueOf(method), path).send();
    HttpResponse<Buffer> gateway =
        node.call(HttpMethod.valueOf(method), path).with("Authorization", "Bearer " + token).send();
    assertThat(gateway.statusCode()).isEqualTo(stranger.statusCode()).isIn(200, 401, 403);
    assertThat(gateway.bodyAsString().replaceAll("\"request_id\":\"[^\"]*\"", ""))
        .isEqualTo(stranger.bodyAsString().replaceAll("\"request_id\":\"[^\"]*\"", ""));
  }
}
