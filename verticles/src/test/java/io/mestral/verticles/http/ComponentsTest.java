package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ComponentsTest extends HttpTest {
  @Test
  void componentsAreListedAndShownAsPrivateAsTheirDevices() {
    int roof = device(ada, "Roof");
    int bedroom = device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    reading(ada, roof, "2026-02-03T10:00:00Z", 55, 1);
    reading(ada, bedroom, "2026-02-03T10:00:00Z", 55, 1);
    JsonArray seen = get("/v0/components").array();
    assertThat(seen).hasSize(1);
    String shown = "/v0/components/" + seen.getJsonObject(0).getInteger("id");
    JsonArray own = get("/v0/components").as(ada).array();
    String hidden = "/v0/components/" + own.getJsonObject(1).getInteger("id");
    assertThat(get("/components/").as(ada).send().getHeader("Total")).isEqualTo("2");
    JsonObject component = get(shown).object();
    assertThat(component.fieldNames())
        .containsExactly("id", "uuid", "device_id", "sensor_id", "created_at", "updated_at");
    assertThat(component.getInteger("device_id")).isEqualTo(roof);
    assertThat(component.getInteger("sensor_id")).isEqualTo(55);
    assertAnswer(get(hidden).as(bob).send(), 403, FORBIDDEN);
    assertThat(get(hidden).as(ada).object().getInteger("device_id")).isEqualTo(bedroom);
    assertAnswer(get("/v0/components/999").send(), 404, notFound("Component", "id", "999"));
    delete("/v0/devices/" + roof).as(ada).send();
    assertThat(get("/v0/components").array()).isEmpty();
  }
}
