package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the command line asks for. */
class OpsTest extends HttpTest {
  @Test
  void aUserIsMadeWithAPasswordWhenNoneIsGiven() {
    JsonObject wanted =
        new JsonObject()
            .put("username", "grace")
            .put("email", "grace@example.org")
            .put("role", "researcher");
    HttpResponse<Buffer> answer = post("/ops/v1/users").as(admin).send(wanted);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject user = answer.bodyAsJsonObject();
    assertThat(user.getString("role")).isEqualTo("researcher");
    assertThat(user.getString("email")).isEqualTo("grace@example.org");
    JsonObject session =
        post("/v0/sessions")
            .send(
                new JsonObject()
                    .put("username", "grace")
                    .put("password", user.getString("password")))
            .bodyAsJsonObject();
    assertThat(session.getString("access_token")).isEqualTo(user.getString("access_token"));
  }

  @Test
  void aGivenPasswordIsNotShownAgain() {
    JsonObject wanted =
        new JsonObject()
            .put("username", "grace")
            .put("email", "grace@example.org")
            .put("password", "hopper");
    JsonObject user = post("/ops/v1/users").as(admin).send(wanted).bodyAsJsonObject();
    assertThat(user.containsKey("password")).isFalse();
    assertThat(user.getString("role")).isEqualTo("citizen");
  }

  @Test
  void devicesAreMadeWithTokensOneOrMany() {
    JsonObject one =
        new JsonObject().put("name", "Roof").put("owner", "ada").put("device_token", "abc123");
    assertAnswer(
        post("/ops/v1/devices").as(admin).send(one),
        201,
        "[{\"id\":1,\"name\":\"Roof\",\"device_token\":\"abc123\",\"owner\":\"ada\"}]");
    JsonArray many =
        post("/ops/v1/devices")
            .as(admin)
            .send(new JsonObject().put("name", "Kit").put("count", 3))
            .bodyAsJsonArray();
    assertThat(IntStream.range(0, 3).mapToObj(i -> many.getJsonObject(i).getString("name")))
        .containsExactly("Kit 1", "Kit 2", "Kit 3");
    assertThat(many.getJsonObject(2).getString("device_token")).matches("[a-z0-9]{6}");
    assertThat(many.getJsonObject(2).getString("owner")).isEqualTo("root");
    assertThat(get("/v0/devices").send().getHeader("Total")).isEqualTo("4");
  }

  @Test
  void aTakenTokenIsToldWithTheRequestsId() {
    JsonObject wanted = new JsonObject().put("name", "Roof").put("device_token", "abc123");
    post("/ops/v1/devices").as(admin).send(wanted);
    assertAnswer(
        post("/ops/v1/devices").as(admin).with("X-Request-Id", "r-1").send(wanted),
        422,
        "{\"id\":\"unprocessable_entity\",\"message\":\"Unprocessable Entity\","
            + "\"errors\":{\"device_token\":[\"has already been taken\"]},\"url\":\"\","
            + "\"request_id\":\"r-1\"}");
  }

  @Test
  void nonsenseIsToldFieldByField() {
    HttpResponse<Buffer> answer =
        post("/ops/v1/devices")
            .as(admin)
            .send(new JsonObject().put("count", 100_000).put("device_token", "a/b"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.bodyAsJsonObject().getJsonObject("errors").fieldNames())
        .containsExactly("name", "count", "device_token");
    assertThat(
            post("/ops/v1/users")
                .as(admin)
                .send(new JsonObject().put("role", "king"))
                .bodyAsJsonObject()
                .getJsonObject("errors")
                .encode())
        .isEqualTo("{\"role\":[\"is not included in the list\"]}");
    assertThat(
            post("/ops/v1/devices")
                .as(admin)
                .send(new JsonObject().put("name", "Roof").put("owner", "nobody"))
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void onlyAdministratorsOperate() {
    JsonObject wanted = new JsonObject().put("name", "Roof");
    assertThat(post("/ops/v1/devices").send(wanted).statusCode()).isEqualTo(401);
    assertThat(post("/ops/v1/devices").as(ada).send(wanted).statusCode()).isEqualTo(403);
    assertThat(post("/ops/v1/users").as(ada).send(wanted).statusCode()).isEqualTo(403);
  }
}
