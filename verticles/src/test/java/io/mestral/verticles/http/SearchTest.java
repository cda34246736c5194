package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spec 2.14. */
class SearchTest extends HttpTest {
  @Test
  void withoutAQuestionThereIsAWarning() {
    String warning = "{\"Warning\":\"No query parameter. Use: /search?q=london\"}";
    assertAnswer(get("/v0/search").send(), 200, warning);
    assertAnswer(get("/search?q=").send(), 200, warning);
  }

  @Test
  void townsTagsDevicesAndPeopleFollowOneAnother() {
    post("/v0/tags").as(admin).send(new JsonObject().put("name", "Barcelona"));
    int id =
        device(
            ada,
            new JsonObject()
                .put("name", "Roof")
                .put("latitude", 41.39669)
                .put("longitude", 2.19219));
    JsonArray found = get("/v0/search?q=BARCELONA&per_page=100").array();
    assertThat(types(found))
        .containsSubsequence("City", "Tag", "Device", "User", "User", "User")
        .filteredOn("City"::equals)
        .hasSizeBetween(1, 5);
    assertThat(found.getJsonObject(0).encode())
        .isEqualTo(
            "{\"type\":\"City\",\"city\":\"Barcelona\",\"name\":\"Barcelona\","
                + "\"layer\":\"locality\",\"country_code\":\"ES\",\"country\":\"Spain\","
                + "\"latitude\":41.389,\"longitude\":2.159}");
    assertThat(of(found, "Tag").encode())
        .isEqualTo(
            "{\"id\":1,\"type\":\"Tag\",\"name\":\"Barcelona\",\"description\":null,\"url\":\""
                + node.url()
                + "/v0/devices?with_tags=Barcelona\"}");
    assertThat(of(found, "Device").encode())
        .isEqualTo(
            "{\"id\":"
                + id
                + ",\"type\":\"Device\",\"name\":\"Roof\",\"description\":null,\"owner_id\":1,"
                + "\"owner_username\":\"ada\",\"city\":\"Barcelona\",\"url\":\""
                + node.url()
                + "/v0/devices/"
                + id
                + "\",\"country_code\":\"ES\",\"country\":\"Spain\"}");
    assertThat(of(found, "User").encode())
        .isEqualTo(
            "{\"id\":1,\"type\":\"User\",\"username\":\"ada\",\"profile_picture\":\"\","
                + "\"city\":\"Barcelona\",\"url\":\""
                + node.url()
                + "/v0/users/1\",\"country_code\":\"ES\",\"country\":\"Spain\"}");
  }

  @Test
  void whatIsPrivateOrATestIsNotFoundNotEvenByItsOwner() {
    device(ada, new JsonObject().put("name", "Zebra one").put("is_private", true));
    device(admin, new JsonObject().put("name", "Zebra two").put("is_test", true));
    device(ada, "Zebra three");
    JsonArray found = get("/v0/search?q=zebra%20t").as(ada).array();
    assertThat(found).hasSize(1);
    assertThat(found.getJsonObject(0).getString("name")).isEqualTo("Zebra three");
    assertThat(get("/v0/search?q=zebra").as(admin).array()).hasSize(1);
  }

  @Test
  void pagesRunOnFromOneSortToTheNext() {
    for (int i = 0; i < 5; i++) device(ada, "Xylophone " + i);
    post("/v0/tags").as(admin).send(new JsonObject().put("name", "Xylophones"));
    HttpResponse<Buffer> first = get("/v0/search?q=xylophone&per_page=4").send();
    assertThat(first.getHeader("Total")).isEqualTo("6");
    assertThat(types(first.bodyAsJsonArray())).containsExactly("Tag", "Device", "Device", "Device");
    JsonArray second = get("/v0/search?q=xylophone&per_page=4&page=2").array();
    assertThat(types(second)).containsExactly("Device", "Device");
    assertThat(second.getJsonObject(1).getString("name")).isEqualTo("Xylophone 4");
    assertThat(get("/v0/search?q=xylophone&per_page=4&page=3").array()).isEmpty();
  }

  @Test
  void aQuestionWithoutWordsFindsNothing() {
    assertThat(get("/v0/search?q=%25%25").array()).isEmpty();
    assertThat(get("/v0/search?q=%2B_").array()).isEmpty();
  }

  private static List<String> types(JsonArray found) {
    return found.stream().map(each -> ((JsonObject) each).getString("type")).toList();
  }

  private static JsonObject of(JsonArray found, String type) {
    return found.stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("type").equals(type))
        .findFirst()
        .orElseThrow();
  }
}
