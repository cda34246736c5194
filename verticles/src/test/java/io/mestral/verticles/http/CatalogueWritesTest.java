package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.CatalogueSeed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.10, writing. */
class CatalogueWritesTest extends HttpTest {
  @Test
  void aSensorThatIsAddedTakesReadingsAtOnce() {
    JsonObject sensor =
        sensor(
            new JsonObject()
                .put("name", "Geiger counter")
                .put("description", "Counts")
                .put("unit", "cpm")
                .put("measurement_id", 1)
                .put("reverse_equation", "x*2")
                .put("equation", "x/10 + 1"));
    assertThat(sensor.getInteger("id")).isEqualTo(lastSensor() + 1);
    assertThat(sensor.getJsonObject("measurement").getInteger("id")).isEqualTo(1);
    assertThat(sensor.getJsonArray("tags").encode()).isEqualTo("[]");
    int id = device(ada, "Kit");
    reading(ada, id, "2026-02-03T10:05:00Z", "geiger_counter", 40);
    assertThat(shown(id)).isEqualTo(9.0);
  }

  @Test
  void aChangedEquationHoldsForWhatWasStoredAndForWhatComes() {
    int id = device(ada, "Kit");
    reading(ada, id, "2026-02-03T10:04:00Z", 53, 40);
    JsonObject change = new JsonObject().put("equation", "x - 1").put("reverse_equation", "x/2");
    assertThat(patch("/v0/sensors/53").as(admin).send(change).statusCode()).isEqualTo(200);
    assertThat(shown(id)).isEqualTo(39.0);
    reading(ada, id, "2026-02-03T10:05:00Z", 53, 40);
    assertThat(shown(id)).isEqualTo(19.0);
  }

  @Test
  void whatIsNoArithmeticIsNoEquation() {
    JsonObject before = get("/v0/sensors/53").object();
    for (String nonsense : new String[] {"x +", "system('x')", "1e", "table 1:2", "y"})
      assertAnswer(
          patch("/v0/sensors/53").as(admin).send(new JsonObject().put("equation", nonsense)),
          422,
          unprocessable("{\"equation\":[\"is invalid\"]}"));
    assertThat(get("/v0/sensors/53").object()).isEqualTo(before);
  }

  @Test
  void aSensorHasANameADescriptionAndAMeasurementThatExists() {
    assertAnswer(
        post("/v0/sensors").as(admin).send(new JsonObject().put("measurement_id", 99)),
        422,
        unprocessable(
            "{\"name\":[\"can't be blank\"],\"description\":[\"can't be blank\"],"
                + "\"measurement\":[\"must exist\"]}"));
    assertAnswer(
        patch("/v0/sensors/1000").as(admin).send(new JsonObject().put("name", "x")),
        404,
        notFound("Sensor", "id", "1000"));
  }

  @Test
  void aKeyIsMadeWhereNoneIsGivenAndIsNobodyElses() {
    JsonObject wanted = new JsonObject().put("name", "T").put("description", "d");
    sensor(wanted); // t is taken, and t_1 then too
    sensor(wanted);
    assertThat(TestNode.await(node.metadata.catalogue().sensors()))
        .extracting(sensor -> sensor.defaultKey())
        .endsWith("t_1", "t_2");
    assertAnswer(
        post("/v0/sensors").as(admin).send(wanted.copy().put("default_key", "t")),
        422,
        unprocessable("{\"default_key\":[\"has already been taken\"]}"));
    assertAnswer(
        post("/v0/sensors").as(admin).send(wanted.copy().put("default_key", "12")),
        422,
        unprocessable("{\"default_key\":[\"is invalid\"]}"));
    sensor(new JsonObject().put("name", "137").put("description", "d"));
    assertThat(TestNode.await(node.metadata.catalogue().sensors()))
        .last()
        .extracting(sensor -> sensor.defaultKey())
        .isEqualTo("sensor_137");
  }

  @Test
  void measurementsAreAddedAndChanged() {
    JsonObject wanted =
        new JsonObject().put("name", "Radiation").put("description", "d").put("unit", "cpm");
    HttpResponse<Buffer> made = post("/v0/measurements").as(admin).send(wanted);
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.bodyAsJsonObject().fieldNames())
        .containsExactly(
            "id", "uuid", "name", "description", "definition", "created_at", "updated_at");
    assertAnswer(
        post("/v0/measurements").as(admin).send(wanted),
        422,
        unprocessable("{\"name\":[\"has already been taken\"]}"));
    String uri = "/v0/measurements/" + made.bodyAsJsonObject().getInteger("id");
    patch(uri).as(admin).send(new JsonObject().put("definition", "Rays"));
    assertThat(get(uri).object().getString("definition")).isEqualTo("Rays");
    assertThat(get("/v0/measurements").array())
        .hasSize(CatalogueSeed.shipped().measurements().size() + 1);
  }

  @Test
  void onlyAdministratorsWrite() {
    JsonObject wanted = new JsonObject().put("name", "x").put("description", "d");
    for (String path : new String[] {"/v0/sensors", "/v0/measurements"}) {
      assertAnswer(post(path).as(ada).send(wanted), 403, FORBIDDEN);
      assertAnswer(post(path).send(wanted), 403, FORBIDDEN);
      assertAnswer(patch(path + "/1").as(ada).send(wanted), 403, FORBIDDEN);
    }
  }

  private JsonObject sensor(JsonObject wanted) {
    HttpResponse<Buffer> made = post("/v0/sensors").as(admin).send(wanted);
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    return made.bodyAsJsonObject();
  }

  private static int lastSensor() {
    return CatalogueSeed.shipped().sensors().stream()
        .mapToInt(sensor -> sensor.id().value())
        .max()
        .orElseThrow();
  }

  private double shown(int device) {
    return get("/v0/devices/" + device)
        .object()
        .getJsonObject("data")
        .getJsonArray("sensors")
        .getJsonObject(0)
        .getDouble("value");
  }
}
