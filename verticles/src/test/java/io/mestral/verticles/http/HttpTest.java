package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.TestNode.Call;
import io.mestral.verticles.http.TestNode.Person;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node for each test, with three people on it. */
abstract class HttpTest {
  static final String FORBIDDEN =
      """
      {"id":"forbidden","message":"You do not have the access permissions to do this",\
      "url":"","errors":""}""";
  static final String UNAUTHORIZED =
      """
      {"id":"unauthorized","message":"Authorization required",\
      "url":"https://developer.smartcitizen.me/#authentication","errors":""}""";

  TestNode node;
  Person ada;
  Person bob;
  Person admin;

  /** Starts a node for a test; here one where everybody may make an account. */
  TestNode start() {
    return TestNode.start();
  }

  @BeforeEach
  void startNode() {
    node = start();
    ada = node.person("ada", 0);
    bob = node.person("bob", 0);
    admin = node.person("root", 5);
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  Call get(String uri) {
    return node.get(uri);
  }

  Call post(String uri) {
    return node.call(HttpMethod.POST, uri);
  }

  Call patch(String uri) {
    return node.call(HttpMethod.PATCH, uri);
  }

  Call delete(String uri) {
    return node.call(HttpMethod.DELETE, uri);
  }

  /** Makes a device and returns its id. */
  int device(Person owner, JsonObject wanted) {
    HttpResponse<Buffer> answer = post("/v0/devices").as(owner).send(wanted);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
    return answer.bodyAsJsonObject().getInteger("id");
  }

  int device(Person owner, String name) {
    return device(owner, new JsonObject().put("name", name));
  }

  /** Wishes for a device of which everything is known. */
  static JsonObject full() {
    return new JsonObject()
        .put("name", "Roof")
        .put("device_token", "abc123")
        .put("mac_address", "AB:45:2D:33:98:01")
        .put("exposure", "outdoor")
        .put("elevation", "30.7")
        .put("latitude", "57.649112")
        .put("longitude", 10.407449);
  }

  /** Posts one value of one sensor. */
  void reading(Person owner, int device, String time, Object sensor, Object value) {
    JsonObject entry =
        new JsonObject()
            .put("recorded_at", time)
            .put(
                "sensors",
                new JsonArray().add(new JsonObject().put("id", sensor).put("value", value)));
    HttpResponse<Buffer> answer =
        post("/v0/devices/" + device + "/readings")
            .as(owner)
            .send(new JsonObject().put("data", new JsonArray().add(entry)));
    assertThat(answer.bodyAsString()).contains("\"id\":\"ok\"");
  }

  /** Changes how a sensor's values are shown: the shipped catalogue shows most as they are. */
  void equation(int sensor, String equation) {
    JsonObject change = new JsonObject().put("equation", equation);
    assertThat(patch("/v0/sensors/" + sensor).as(admin).send(change).statusCode()).isEqualTo(200);
  }

  static void assertAnswer(HttpResponse<Buffer> answer, int status, String body) {
    assertThat(answer.bodyAsString()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  /** The 422 body with these errors. */
  static String unprocessable(String errors) {
    return "{\"id\":\"unprocessable_entity\",\"message\":\"Unprocessable Entity\",\"errors\":"
        + errors
        + ",\"url\":\"\"}";
  }

  static String missing(String names) {
    return "{\"id\":\"parameter_missing\","
        + "\"message\":\"param is missing or the value is empty: "
        + names
        + "\",\"url\":\"\",\"errors\":\"\"}";
  }

  static String notFound(String kind, String key, String value) {
    return "{\"id\":\"record_not_found\",\"message\":\"Couldn't find "
        + kind
        + " with '"
        + key
        + "'="
        + value
        + "\",\"url\":\"\",\"errors\":\"\"}";
  }
}
