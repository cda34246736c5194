package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code DELETE /v0/devices/:id/readings}. */
class RemovingReadingsTest extends HttpTest {
  private static final String HOUR = "&from=2026-02-02T16:00:00Z&to=2026-02-02T16:59:59Z";

  private int id;
  private String path;

  @BeforeEach
  void publish() {
    id = device(ada, "Roof");
    path = "/v0/devices/" + id + "/readings?";
    reading(ada, id, "2026-02-02T16:00:32Z", 55, 19);
    reading(ada, id, "2026-02-02T16:05:00Z", 58, 1000);
    reading(ada, id, "2026-02-02T20:00:35Z", 55, 18);
  }

  @Test
  void theOwnerRemovesARangeOfOneSensor() {
    assertAnswer(delete(path + "sensor_id=55" + HOUR).as(ada).send(), 200, "{\"message\":\"OK\"}");
    assertThat(values(55)).containsExactly(18.0);
    assertThat(values(58)).containsExactly(1000.0);
    delete(path + "sensor_key=t&from=2026-02-01&to=2026-02-04").as(ada).send();
    assertThat(values(55)).isEmpty();
  }

  @Test
  void strangersMayNot() {
    assertThat(delete(path + "sensor_id=55" + HOUR).as(bob).send().statusCode()).isEqualTo(403);
    assertThat(delete(path + "sensor_id=55" + HOUR).send().statusCode()).isEqualTo(403);
    assertThat(values(55)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sensor_id=55",
        "sensor_id=55&from=2026-02-01",
        "sensor_id=55&to=2026-02-04",
        "from=2026-02-01&to=2026-02-04",
        "sensor_id=55&from=yesterday&to=2026-02-04",
        "sensor_id=55&from=2026-02-04&to=2026-02-01"
      })
  void withoutASensorAndBothTimesNothingIsRemoved(String question) {
    assertThat(delete(path + question).as(ada).send().statusCode()).isEqualTo(400);
    assertThat(values(55)).hasSize(2);
  }

  @Test
  void aSensorThatNobodyKnowsIsNotFound() {
    assertThat(delete(path + "sensor_key=nothing" + HOUR).as(ada).send().statusCode())
        .isEqualTo(404);
  }

  private Iterable<Double> values(int sensor) {
    JsonArray points =
        new JsonObject(
                get(path + "sensor_id=" + sensor + "&raw=1&rollup=1s&from=2026-02-02&to=2026-02-03")
                    .send()
                    .bodyAsString())
            .getJsonArray("readings");
    return points.stream().map(point -> ((JsonArray) point).getDouble(1)).toList();
  }
}
