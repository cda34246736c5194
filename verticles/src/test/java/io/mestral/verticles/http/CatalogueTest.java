package io.mestral.verticles.http;

import org.junit.jupiter.api.Test;

/** Spec 2.10. */
class CatalogueTest extends HttpTest {
  @Test
  void aSensorIsShownWithWhatItMeasures() {
    assertAnswer(
        get("/v0/sensors/55").send(),
        200,
        "{\"id\":55,\"uuid\":\"00000000-0000-0001-0000-000000000037\",\"parent_id\":54,"
            + "\"name\":\"Sensirion SHT31 - Temperature\","
            + "\"description\":\"About Sensirion SHT31 - Temperature\",\"unit\":\"u\","
            + "\"tags\":[],\"datasheet\":null,\"unit_definition\":null,"
            + "\"created_at\":\"2015-02-02T18:18:00Z\",\"updated_at\":\"2015-02-02T18:18:00Z\","
            + "\"measurement\":{\"id\":1,\"uuid\":\"00000000-0000-0000-0000-000000000001\","
            + "\"name\":\"Air Temperature\",\"description\":\"How warm the air is\","
            + "\"definition\":null}}");
  }

  @Test
  void aMeasurementIsShown() {
    String measurement =
        "{\"id\":1,\"uuid\":\"00000000-0000-0000-0000-000000000001\","
            + "\"name\":\"Air Temperature\",\"description\":\"How warm the air is\","
            + "\"definition\":null,\"created_at\":\"2015-02-02T18:18:00Z\","
            + "\"updated_at\":\"2015-02-02T18:18:00Z\"}";
    assertAnswer(get("/v0/measurements/1").send(), 200, measurement);
    assertAnswer(get("/v0/measurements").send(), 200, "[" + measurement + "]");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertAnswer(get("/v0/sensors/1000").send(), 404, notFound("Sensor", "id", "1000"));
    assertAnswer(get("/v0/sensors/9999999999").send(), 404, notFound("Sensor", "id", "9999999999"));
    assertAnswer(get("/v0/measurements/7").send(), 404, notFound("Measurement", "id", "7"));
  }
}
