package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.CatalogueSeed;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.10. */
class CatalogueTest extends HttpTest {
  @Test
  void aSensorIsShownWithWhatItMeasures() {
    assertAnswer(
        get("/v0/sensors/55").send(),
        200,
        "{\"id\":55,\"uuid\":\"384e46a2-80dd-481e-a9fc-cfbd512f9f43\",\"parent_id\":54,"
            + "\"name\":\"Sensirion SHT31 - Temperature\","
            + "\"description\":\"Sensirion SHT31 - Temperature\",\"unit\":\"ºC\","
            + "\"tags\":[],\"datasheet\":null,\"unit_definition\":null,"
            + "\"created_at\":\"2026-11-01T00:00:00Z\",\"updated_at\":\"2026-11-01T00:00:00Z\","
            + "\"measurement\":{\"id\":1,\"uuid\":\"b3f44b63-0a17-4d84-bbf1-4c17764b7eae\","
            + "\"name\":\"Air Temperature\",\"description\":\"Air Temperature\","
            + "\"definition\":null}}");
  }

  @Test
  void aMeasurementIsShown() {
    String measurement =
        "{\"id\":1,\"uuid\":\"b3f44b63-0a17-4d84-bbf1-4c17764b7eae\","
            + "\"name\":\"Air Temperature\",\"description\":\"Air Temperature\","
            + "\"definition\":null,\"created_at\":\"2026-11-01T00:00:00Z\","
            + "\"updated_at\":\"2026-11-01T00:00:00Z\"}";
    assertAnswer(get("/v0/measurements/1").send(), 200, measurement);
    HttpResponse<Buffer> all = get("/v0/measurements").send();
    assertThat(all.bodyAsString()).startsWith("[" + measurement + ",{\"id\":2,");
    assertThat(all.bodyAsJsonArray()).hasSize(CatalogueSeed.shipped().measurements().size());
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertAnswer(get("/v0/sensors/1000").send(), 404, notFound("Sensor", "id", "1000"));
    assertAnswer(get("/v0/sensors/9999999999").send(), 404, notFound("Sensor", "id", "9999999999"));
    assertAnswer(get("/v0/measurements/99").send(), 404, notFound("Measurement", "id", "99"));
  }
}
