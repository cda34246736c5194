package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told on the bus of what devices and administrators bring. */
class NewsTest extends HttpTest {
  @Test
  void aDeviceIsToldOfForEachComponentThatItGets() throws Exception {
    BlockingQueue<Object> told = listen(Addresses.COMPONENT_MADE);
    int roof = device(ada, "Roof");
    int cellar = device(ada, "Cellar");
    reading(roof, 55);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new DeviceId(roof));
    reading(roof, 55); // tells nothing: it has that one
    reading(roof, 56);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new DeviceId(roof));
    reading(cellar, 55);
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(new DeviceId(cellar));
  }

  @Test
  void aChangedSensorIsToldOf() throws Exception {
    BlockingQueue<Object> told = listen(Addresses.CATALOGUE_CHANGED);
    patch("/v0/sensors/53").as(admin).send(new JsonObject().put("equation", "x - 1"));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  private BlockingQueue<Object> listen(String address) {
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    TestNode.await(LocalBus.of(node.vertx()).listen(address, told::add));
    return told;
  }

  private void reading(int device, int sensor) {
    JsonObject entry =
        new JsonObject()
            .put("recorded_at", "2026-02-03T10:05:00Z")
            .put(
                "sensors",
                new JsonArray().add(new JsonObject().put("id", sensor).put("value", 20)));
    assertThat(
            post("/v0/devices/" + device + "/readings")
                .as(ada)
                .send(new JsonObject().put("data", new JsonArray().add(entry)))
                .statusCode())
        .isEqualTo(200);
  }
}
