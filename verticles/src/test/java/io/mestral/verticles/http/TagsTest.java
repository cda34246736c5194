package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.11. */
class TagsTest extends HttpTest {
  @Test
  void anAdministratorMakesATagThatEverybodySees() {
    HttpResponse<Buffer> made =
        post("/v0/tags")
            .as(admin)
            .send(new JsonObject().put("name", "Experimental").put("description", "Not sure"));
    assertThat(made.statusCode()).isEqualTo(201);
    String tag = made.bodyAsString();
    assertThat(made.bodyAsJsonObject().fieldNames())
        .containsExactly("id", "uuid", "name", "description", "created_at", "updated_at");
    assertAnswer(get("/v0/tags/1").send(), 200, tag);
    assertAnswer(get("/v0/tags/Experimental").send(), 200, tag);
    assertAnswer(get("/v0/tags/experimental").send(), 200, tag);
    HttpResponse<Buffer> list = get("/tags/?per_page=1000").send();
    assertAnswer(list, 200, "[" + tag + "]");
    assertThat(list.getHeader("Total")).isEqualTo("1");
  }

  @Test
  void othersMakeAndChangeNone() {
    tag("Roof");
    for (TestNode.Person other : new TestNode.Person[] {ada, node.person("rosa", 2)}) {
      JsonObject wanted = new JsonObject().put("name", "Mine");
      assertAnswer(post("/v0/tags").as(other).send(wanted), 403, FORBIDDEN);
      assertAnswer(patch("/v0/tags/1").as(other).send(wanted), 403, FORBIDDEN);
      assertAnswer(delete("/v0/tags/1").as(other).send(), 403, FORBIDDEN);
      assertAnswer(post("/v0/tag_sensors").as(other).send(wanted), 403, FORBIDDEN);
    }
    assertAnswer(post("/v0/tags").send(new JsonObject().put("name", "Mine")), 403, FORBIDDEN);
  }

  @Test
  void aNameIsThereAndNobodyElsesWhateverItsCase() {
    tag("Roof");
    assertAnswer(
        post("/v0/tags").as(admin).send(new JsonObject()),
        422,
        unprocessable("{\"name\":[\"can't be blank\"]}"));
    assertAnswer(
        post("/v0/tags").as(admin).send(new JsonObject().put("name", "ROOF")),
        422,
        unprocessable("{\"name\":[\"has already been taken\"]}"));
    assertAnswer(
        post("/v0/tags").as(admin).send(new JsonObject().put("name", "one,two")),
        422,
        unprocessable("{\"name\":[\"is invalid\"]}"));
    assertAnswer(get("/v0/tags/Nowhere").send(), 404, notFound("Tag", "id", "Nowhere"));
  }

  @Test
  void aChangedTagIsChangedOnItsDevicesAndARemovedOneGone() {
    tag("Roof");
    tag("Quiet");
    int id = device(ada, new JsonObject().put("name", "Kit").put("user_tags", "roof, Quiet,roof"));
    assertThat(tagsOf(id)).isEqualTo("[\"Quiet\",\"Roof\"]");
    JsonObject renamed = new JsonObject().put("name", "Terrace");
    assertThat(patch("/v0/tags/Roof").as(admin).send(renamed).statusCode()).isEqualTo(200);
    assertThat(tagsOf(id)).isEqualTo("[\"Quiet\",\"Terrace\"]");
    assertAnswer(delete("/v0/tags/1").as(admin).send(), 200, "{\"message\":\"OK\"}");
    assertThat(tagsOf(id)).isEqualTo("[\"Quiet\"]");
  }

  @Test
  void tagsOfADeviceAreReplacedOnlyWhenGiven() {
    tag("Roof");
    int id = device(ada, new JsonObject().put("name", "Kit").put("user_tags", "Roof"));
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("name", "Other"));
    assertThat(tagsOf(id)).isEqualTo("[\"Roof\"]");
    assertAnswer(
        patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("user_tags", "Roof,Nice")),
        404,
        notFound("Tag", "name", "Nice"));
    assertThat(tagsOf(id)).isEqualTo("[\"Roof\"]");
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("user_tags", ""));
    assertThat(tagsOf(id)).isEqualTo("[]");
    patch("/v0/devices/" + id)
        .as(ada)
        .send(new JsonObject().put("user_tags", new JsonArray().add("Roof")));
    assertThat(tagsOf(id)).isEqualTo("[\"Roof\"]");
  }

  @Test
  void sensorsHaveTagsOfTheirOwn() {
    HttpResponse<Buffer> made =
        post("/v0/tag_sensors").as(admin).send(new JsonObject().put("name", "raw"));
    assertThat(made.statusCode()).isEqualTo(201);
    String tag = made.bodyAsString();
    assertThat(made.bodyAsJsonObject().fieldNames())
        .containsExactly("id", "name", "description", "created_at", "updated_at");
    assertAnswer(get("/v0/tag_sensors/1").send(), 200, tag);
    assertAnswer(get("/v0/tag_sensors").send(), 200, "[" + tag + "]");
    assertAnswer(get("/v0/tag_sensors/2").send(), 404, notFound("TagSensor", "id", "2"));
    patch("/v0/sensors/55").as(admin).send(new JsonObject().put("tags", "raw"));
    assertThat(get("/v0/sensors/55").object().getJsonArray("tags").encode()).isEqualTo("[\"raw\"]");
    int id = device(ada, "Kit");
    reading(ada, id, "2026-02-03T10:05:00Z", 55, 21.5);
    assertThat(
            get("/v0/devices/" + id)
                .object()
                .getJsonObject("data")
                .getJsonArray("sensors")
                .getJsonObject(0)
                .getJsonArray("tags")
                .encode())
        .isEqualTo("[\"raw\"]");
  }

  private void tag(String name) {
    HttpResponse<Buffer> made = post("/v0/tags").as(admin).send(new JsonObject().put("name", name));
    assertThat(made.statusCode()).isEqualTo(201);
  }

  private String tagsOf(int device) {
    return get("/v0/devices/" + device).object().getJsonArray("user_tags").encode();
  }
}
