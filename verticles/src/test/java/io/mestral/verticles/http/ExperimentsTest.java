package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.12. */
class ExperimentsTest extends HttpTest {
  @Test
  void anybodySignedInMakesOneThatEverybodySees() {
    int kit = device(ada, "Kit");
    HttpResponse<Buffer> made =
        post("/v0/experiments")
            .as(bob)
            .send(
                new JsonObject()
                    .put("name", "Street noise")
                    .put("starts_at", "2026-02-01")
                    .put("ends_at", "2026-03-01T10:00:00Z")
                    .put("device_ids", new JsonArray().add(kit).add(kit)));
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    String experiment =
        "{\"id\":1,\"name\":\"Street noise\",\"description\":null,\"owner_id\":2,\"active\":true,"
            + "\"is_test\":false,\"starts_at\":\"2026-02-01T00:00:00Z\","
            + "\"ends_at\":\"2026-03-01T10:00:00Z\",\"device_ids\":["
            + kit
            + "],\"created_at\":\"2026-02-03T10:06:00Z\","
            + "\"updated_at\":\"2026-02-03T10:06:00Z\"}";
    assertAnswer(made, 201, experiment);
    assertAnswer(get("/v0/experiments/1").send(), 200, experiment);
    HttpResponse<Buffer> list = get("/experiments/").send();
    assertAnswer(list, 200, "[" + experiment + "]");
    assertThat(list.getHeader("Total")).isEqualTo("1");
    assertThat(get("/v0/devices/" + kit).object().getJsonArray("experiment_ids").encode())
        .isEqualTo("[1]");
  }

  @Test
  void itIsActiveBetweenItsDates() {
    assertThat(made("{\"name\":\"a\"}").getBoolean("active")).isTrue();
    assertThat(made("{\"name\":\"b\",\"starts_at\":\"2026-02-04\"}").getBoolean("active"))
        .isFalse();
    assertThat(made("{\"name\":\"c\",\"ends_at\":\"2026-02-03T10:06:00Z\"}").getBoolean("active"))
        .isTrue();
    assertThat(made("{\"name\":\"d\",\"ends_at\":\"2026-02-03\"}").getBoolean("active")).isFalse();
  }

  @Test
  void whatIsWrongIsSaidFieldByField() {
    JsonObject wrong =
        new JsonObject()
            .put("name", " ")
            .put("is_test", "perhaps")
            .put("starts_at", "soon")
            .put("ends_at", "later");
    assertAnswer(
        post("/v0/experiments").as(ada).send(wrong),
        422,
        unprocessable(
            "{\"name\":[\"can't be blank\"],"
                + "\"starts_at\":[\"is not a valid ISO8601 date or time\"],"
                + "\"ends_at\":[\"is not a valid ISO8601 date or time\"],"
                + "\"is_test\":[\"is not included in the list\"]}"));
    JsonObject backwards =
        new JsonObject()
            .put("name", "x")
            .put("starts_at", "2026-02-03")
            .put("ends_at", "2026-02-02");
    assertAnswer(
        post("/v0/experiments").as(ada).send(backwards),
        422,
        unprocessable("{\"ends_at\":[\"is before starts_at\"]}"));
    assertAnswer(
        post("/v0/experiments")
            .as(ada)
            .send(new JsonObject().put("name", "x").put("device_ids", new JsonArray().add(99))),
        404,
        notFound("Device", "id", "99"));
  }

  @Test
  void privateDevicesOfOthersStayOutOfIt() {
    int hidden = device(ada, new JsonObject().put("name", "Hidden").put("is_private", true));
    JsonObject wanted =
        new JsonObject().put("name", "x").put("device_ids", new JsonArray().add(hidden));
    assertAnswer(
        post("/v0/experiments").as(bob).send(wanted),
        422,
        unprocessable(
            "{\"devices\":[\"can't contain private devices owned by other users (ids: "
                + hidden
                + ")\"]}"));
    assertThat(post("/v0/experiments").as(ada).send(wanted).statusCode()).isEqualTo(201);
    assertThat(ids(get("/v0/experiments/1").object())).isEqualTo("[]");
    assertThat(ids(get("/v0/experiments/1").as(ada).object())).isEqualTo("[" + hidden + "]");
    assertThat(ids(get("/v0/experiments").as(admin).array().getJsonObject(0)))
        .isEqualTo("[" + hidden + "]");
  }

  @Test
  void onlyItsMakerAndAdministratorsChangeIt() {
    made("{\"name\":\"a\"}");
    JsonObject name = new JsonObject().put("name", "b");
    assertAnswer(post("/v0/experiments").send(name), 401, UNAUTHORIZED);
    assertAnswer(patch("/v0/experiments/1").send(name), 401, UNAUTHORIZED);
    assertAnswer(delete("/v0/experiments/1").send(), 401, UNAUTHORIZED);
    assertAnswer(patch("/v0/experiments/1").as(bob).send(name), 403, FORBIDDEN);
    assertAnswer(delete("/v0/experiments/1").as(bob).send(), 403, FORBIDDEN);
    assertThat(patch("/v0/experiments/1").as(admin).send(name).statusCode()).isEqualTo(200);
    assertAnswer(delete("/v0/experiments/1").as(ada).send(), 200, "{\"message\":\"OK\"}");
    assertAnswer(get("/v0/experiments/1").send(), 404, notFound("Experiment", "id", "1"));
  }

  @Test
  void aFormNamesItsDevicesOneByOneAndWhatItDoesntNameStays() {
    int first = device(ada, "First");
    int second = device(ada, "Second");
    HttpResponse<Buffer> made =
        post("/v0/experiments")
            .as(ada)
            .send(
                "application/x-www-form-urlencoded",
                "name=Both&device_ids[]=" + second + "&device_ids[]=" + first);
    assertThat(ids(made.bodyAsJsonObject())).isEqualTo("[" + first + "," + second + "]");
    JsonObject test = new JsonObject().put("is_test", true);
    JsonObject changed = patch("/v0/experiments/1").as(ada).send(test).bodyAsJsonObject();
    assertThat(changed.getBoolean("is_test")).isTrue();
    assertThat(ids(changed)).isEqualTo("[" + first + "," + second + "]");
    JsonObject none = new JsonObject().put("device_ids", new JsonArray());
    assertThat(ids(patch("/v0/experiments/1").as(ada).send(none).bodyAsJsonObject()))
        .isEqualTo("[]");
  }

  private JsonObject made(String body) {
    return post("/v0/experiments").as(ada).send(new JsonObject(body)).bodyAsJsonObject();
  }

  private static String ids(JsonObject experiment) {
    return experiment.getJsonArray("device_ids").encode();
  }
}
