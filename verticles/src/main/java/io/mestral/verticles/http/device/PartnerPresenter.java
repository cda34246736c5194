package io.mestral.verticles.http.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Countries;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.verticles.http.device.DeviceView.SensorView;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a device as version 1 shows it to its owner (spec 2.5), but for what a partner must not
 * know: token, MAC address, and the owner's e-mail address and key. Absent members are left out.
 */
final class PartnerPresenter {
  private static final Comparator<Reading> NEWEST_FIRST =
      Comparator.comparingLong(Reading::epochSecond).reversed();

  private final Clock clock;

  PartnerPresenter(Clock clock) {
    this.clock = clock;
  }

  void write(JsonWriter json, DeviceView view, List<Reading> readings) {
    Map<SensorId, List<Reading>> bySensor =
        readings.stream().collect(Collectors.groupingBy(Reading::sensor));
    json.object(
        () -> {
          head(json, view);
          view.marks()
              .postprocessing()
              .ifPresent(kept -> PostprocessingPresenter.write(json, kept));
          location(json, view);
          policy(json, view);
          hardware(json, view.device());
          view.owner().ifPresent(owner -> owner(json, owner));
          json.array(
              "components",
              () ->
                  view.sensors()
                      .forEach(
                          sensor ->
                              component(
                                  json,
                                  sensor,
                                  bySensor.getOrDefault(sensor.sensor().id(), List.of()))));
        });
  }

  private void head(JsonWriter json, DeviceView view) {
    Device device = view.device();
    json.field("id", device.id().value())
        .field("uuid", device.uuid().toString())
        .field("name", device.name());
    optional(json, "description", device.description());
    json.field("state", view.state())
        .array("system_tags", () -> view.systemTags(clock.instant()).forEach(json::element))
        .array("user_tags", () -> view.marks().tags().forEach(json::element));
    optional(json, "last_reading_at", view.lastReadingAt().map(JsonWriter::text));
    json.field("created_at", device.createdAt())
        .field("updated_at", device.updatedAt())
        .object(
            "notify",
            () ->
                json.field("stopped_publishing", device.policy().notifyStoppedPublishing())
                    .field("low_battery", device.policy().notifyLowBattery()));
  }

  /** All eight keys, whatever is known. */
  private static void location(JsonWriter json, DeviceView view) {
    Location place = view.device().location();
    json.object(
        "location",
        () -> {
          json.field("exposure", place.exposure());
          if (place.elevation().isPresent()) json.field("elevation", place.elevation().getAsInt());
          else json.nothing("elevation");
          if (place.latitude().isPresent()) json.field("latitude", place.latitude().getAsDouble());
          else json.nothing("latitude");
          if (place.longitude().isPresent())
            json.field("longitude", place.longitude().getAsDouble());
          else json.nothing("longitude");
          json.field("geohash", place.geohash())
              .field("city", place.city())
              .field("country_code", place.countryCode())
              .field("country", Countries.name(place.countryCode()));
        });
  }

  private static void policy(JsonWriter json, DeviceView view) {
    DevicePolicy policy = view.device().policy();
    json.object(
        "data_policy",
        () -> {
          json.field("is_private", policy.isPrivate())
              .field("enable_forwarding", policy.enableForwarding())
              .field("precise_location", policy.preciseLocation());
          optional(json, "forwarding_destination", view.destination());
        });
  }

  private static void hardware(JsonWriter json, Device device) {
    HardwareName hardware = HardwareName.of(device.hardware());
    json.object(
        "hardware",
        () -> {
          json.field("name", hardware.name()).field("type", hardware.type());
          optional(json, "version", hardware.version());
          json.field("slug", hardware.slug());
          if (hardware.status() instanceof ObjectNode status) {
            ObjectNode told = status.deepCopy();
            told.remove("mac");
            json.field("last_status_message", told);
          }
        });
  }

  private static void owner(JsonWriter json, User owner) {
    json.object(
        "owner",
        () -> {
          json.field("id", owner.id().value())
              .field("uuid", owner.uuid().toString())
              .field("role", owner.role().label())
              .field("username", owner.username());
          optional(json, "url", owner.url());
          UserLocation.write(json, owner);
          json.field("created_at", owner.createdAt()).field("updated_at", owner.updatedAt());
        });
  }

  private static void component(JsonWriter json, SensorView view, List<Reading> readings) {
    Calibration equation = view.sensor().equation();
    Optional<Latest> latest = view.latest();
    json.object(
        () -> {
          sensor(json, view);
          latest.ifPresent(
              found -> {
                json.field("last_reading_at", Instant.ofEpochSecond(found.epochSecond()))
                    .field("latest_value", equation.apply(found.value()));
                found
                    .previous()
                    .ifPresent(before -> json.field("previous_value", equation.apply(before)));
              });
          json.array(
              "readings",
              () ->
                  readings.stream()
                      .sorted(NEWEST_FIRST)
                      .forEach(reading -> reading(json, reading, equation)));
        });
  }

  private static void reading(JsonWriter json, Reading reading, Calibration equation) {
    json.object(
        () ->
            json.field("timestamp", Instant.ofEpochSecond(reading.epochSecond()))
                .field("value", equation.apply(reading.value())));
  }

  private static void sensor(JsonWriter json, SensorView view) {
    Sensor sensor = view.sensor();
    json.object(
        "sensor",
        () -> {
          json.field("id", sensor.id().value());
          sensor.parent().ifPresent(parent -> json.field("parent_id", parent));
          json.field("name", sensor.name()).field("description", sensor.description());
          optional(json, "unit", sensor.unit());
          json.field("created_at", sensor.createdAt())
              .field("updated_at", sensor.updatedAt())
              .field("uuid", sensor.uuid().toString());
          optional(json, "datasheet", sensor.datasheet());
          optional(json, "unit_definition", sensor.unitDefinition());
          view.measurement().ifPresent(measurement -> measurement(json, measurement));
          json.array("tags", () -> view.tags().forEach(json::element));
        });
  }

  private static void measurement(JsonWriter json, Measurement measurement) {
    json.object(
        "measurement",
        () -> {
          json.field("id", measurement.id())
              .field("name", measurement.name())
              .field("description", measurement.description());
          optional(json, "unit", measurement.unit());
          json.field("uuid", measurement.uuid().toString());
          optional(json, "definition", measurement.definition());
        });
  }

  private static void optional(JsonWriter json, String name, Optional<String> text) {
    text.ifPresent(value -> json.field(name, value));
  }
}
