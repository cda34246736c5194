package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ComponentsTest extends HttpTest {
  @Test
  void componentsAreListedAndShownAsPrivateAsTheirDevices() {
    int roof = device(ada, "Roof");
    int bedroom = device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    reading(ada, roof, "2026-02-03T10:00:00Z", 55, 1);
    reading(ada, bedroom, "2026-02-03T10:00:00Z", 55, 1);
    assertThat(get("/v0/components").array()).hasSize(1);
    assertThat(get("/components/").as(ada).send().getHeader("Total")).isEqualTo("2");
    JsonObject component = get("/v0/components/9001").object();
    assertThat(component.fieldNames())
        .containsExactly("id", "uuid", "device_id", "sensor_id", "created_at", "updated_at");
    assertThat(component.getInteger("device_id")).isEqualTo(roof);
    assertThat(component.getInteger("sensor_id")).isEqualTo(55);
    assertAnswer(get("/v0/components/9002").as(bob).send(), 403, FORBIDDEN);
    assertThat(get("/v0/components/9002").as(ada).object().getInteger("device_id"))
        .isEqualTo(bedroom);
    assertAnswer(get("/v0/components/1").send(), 404, notFound("Component", "id", "1"));
    delete("/v0/devices/" + roof).as(ada).send();
    assertThat(get("/v0/components").array()).isEmpty();
  }
}
