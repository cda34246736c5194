package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.TestNode.Person;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.5, {@code postprocessing_attributes}. */
class PostprocessingTest extends HttpTest {
  private static final String ATTRIBUTES = "postprocessing_attributes";

  @Test
  void aResearcherKeepsItWithADeviceAndEverybodySeesIt() {
    Person rosa = node.person("rosa", 2);
    int id = device(rosa, "Kit");
    assertThat(get("/v0/devices/" + id).object().getValue("postprocessing")).isNull();
    HttpResponse<Buffer> answer =
        patch("/v0/devices/" + id + "/")
            .as(rosa)
            .send(
                new JsonObject()
                    .put(
                        ATTRIBUTES,
                        new JsonObject()
                            .putNull("id")
                            .put("blueprint_url", "https://example.org/blueprint")
                            .putNull("hardware_url")
                            .put("latest_postprocessing", "2026-02-03T10:00:00Z")
                            .put("meta", new JsonObject().put("a", 1))
                            .putNull("forwarding_params")
                            .put("device_id", 999)
                            .put("created_at", "2020-01-01T00:00:00Z")));
    assertThat(answer.statusCode()).isEqualTo(200);
    String kept =
        "{\"id\":1,\"blueprint_url\":\"https://example.org/blueprint\",\"hardware_url\":null,"
            + "\"device_id\":"
            + id
            + ",\"forwarding_params\":null,\"meta\":{\"a\":1},"
            + "\"latest_postprocessing\":\"2026-02-03T10:00:00Z\","
            + "\"created_at\":\"2026-02-03T10:06:00Z\","
            + "\"updated_at\":\"2026-02-03T10:06:00Z\"}";
    assertThat(kept(id)).isEqualTo(kept);
    assertThat(get("/v1/devices/" + id).object().getJsonObject("postprocessing").encode())
        .isEqualTo(kept.replaceAll("\"\\w+\":null,", ""));
  }

  @Test
  void whatIsChangedIsChangedInPlace() {
    int id = device(admin, with(new JsonObject().put("hardware_url", "h").put("meta", "m")));
    patch("/v0/devices/" + id).as(admin).send(with(new JsonObject().putNull("hardware_url")));
    JsonObject kept = new JsonObject(kept(id));
    assertThat(kept.getInteger("id")).isEqualTo(1);
    assertThat(kept.getValue("hardware_url")).isNull();
    assertThat(kept.getString("meta")).isEqualTo("m");
    patch("/v0/devices/" + id)
        .as(admin)
        .send("application/x-www-form-urlencoded", ATTRIBUTES + "[hardware_url]=new");
    assertThat(new JsonObject(kept(id)).getString("hardware_url")).isEqualTo("new");
  }

  @Test
  void citizensMayNotAndAreNotToldSo() {
    int id = device(ada, with(new JsonObject().put("hardware_url", "h")));
    assertThat(get("/v0/devices/" + id).object().getValue("postprocessing")).isNull();
  }

  @Test
  void whatIsNoTimeOrNoObjectIsRefused() {
    int id = device(admin, "Kit");
    assertAnswer(
        patch("/v0/devices/" + id)
            .as(admin)
            .send(with(new JsonObject().put("latest_postprocessing", "soon"))),
        422,
        unprocessable(
            "{\"postprocessing.latest_postprocessing\":"
                + "[\"is not a valid ISO8601 date or time\"]}"));
    assertAnswer(
        patch("/v0/devices/" + id).as(admin).send(new JsonObject().put(ATTRIBUTES, "x")),
        422,
        unprocessable("{\"postprocessing_attributes\":[\"is invalid\"]}"));
  }

  private static JsonObject with(JsonObject attributes) {
    return new JsonObject().put("name", "Kit").put(ATTRIBUTES, attributes);
  }

  private String kept(int id) {
    return get("/v0/devices/" + id).object().getJsonObject("postprocessing").encode();
  }
}
