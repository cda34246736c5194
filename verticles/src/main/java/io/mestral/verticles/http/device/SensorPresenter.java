package io.mestral.verticles.http.device;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.Latest;
import io.mestral.verticles.http.device.DeviceView.SensorView;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.time.Instant;
import java.util.Optional;

/** Writes a sensor of a device with its latest values, calibrated. */
final class SensorPresenter {
  private SensorPresenter() {}

  static void write(JsonWriter json, SensorView view) {
    Sensor sensor = view.sensor();
    json.object(
        () -> {
          json.field("id", sensor.id().value())
              .field("ancestry", view.ancestry())
              .field("name", sensor.name())
              .field("description", sensor.description())
              .field("unit", sensor.unit())
              .field("created_at", sensor.createdAt())
              .field("updated_at", sensor.updatedAt())
              .field("uuid", sensor.uuid().toString())
              .field("default_key", sensor.defaultKey())
              .field("datasheet", sensor.datasheet())
              .field("unit_definition", sensor.unitDefinition());
          measurement(json, view.measurement());
          values(json, sensor, view.latest());
          json.array("tags", () -> view.tags().forEach(json::element));
        });
  }

  private static void measurement(JsonWriter json, Optional<Measurement> measurement) {
    if (measurement.isEmpty()) {
      json.nothing("measurement");
      return;
    }
    Measurement measured = measurement.get();
    json.object(
        "measurement",
        () ->
            json.field("id", measured.id())
                .field("name", measured.name())
                .field("description", measured.description())
                .field("unit", measured.unit())
                .field("uuid", measured.uuid().toString())
                .field("definition", measured.definition()));
  }

  private static void values(JsonWriter json, Sensor sensor, Optional<Latest> latest) {
    if (latest.isPresent()) json.field("value", sensor.equation().apply(latest.get().value()));
    else json.nothing("value");
    if (latest.isPresent() && latest.get().previous().isPresent())
      json.field("prev_value", sensor.equation().apply(latest.get().previous().getAsDouble()));
    else json.nothing("prev_value");
    json.field(
        "last_reading_at",
        latest.map(found -> JsonWriter.text(Instant.ofEpochSecond(found.epochSecond()))));
  }
}
