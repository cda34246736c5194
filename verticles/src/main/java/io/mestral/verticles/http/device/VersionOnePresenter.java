package io.mestral.verticles.http.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Countries;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Reading;
import io.mestral.verticles.http.device.DeviceView.SensorView;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a device as version 1 shows it (spec 2.5): whole to who may manage it, less to others, who
 * are told what they don't see. A partner sees what the owner does, but for what is nobody else's
 * business: token, MAC address, and the owner's e-mail address and key. Absent members are left
 * out.
 */
final class VersionOnePresenter {
  private static final Comparator<Reading> NEWEST_FIRST =
      Comparator.comparingLong(Reading::epochSecond).reversed();

  private final Function<Device, Optional<String>> token;
  private final UserPicture pictures;
  private final Clock clock;

  /**
   * @param token what a device publishes with
   */
  VersionOnePresenter(Function<Device, Optional<String>> token, UserPicture pictures, Clock clock) {
    this.token = token;
    this.pictures = pictures;
    this.clock = clock;
  }

  /** Who reads it; a tool is an application that may manage the owner's devices. */
  private enum Audience {
    MANAGER,
    TOOL,
    STRANGER,
    PARTNER;

    boolean managesDevices() {
      return this == MANAGER || this == TOOL;
    }
  }

  /** A device by itself or in a list of devices. */
  void write(JsonWriter json, DeviceView view, Viewer viewer) {
    write(json, view, audience(view.device().owner(), viewer), VersionOnePresenter::component);
  }

  private static Audience audience(UserId owner, Viewer viewer) {
    if (viewer.maySeeAccountOf(owner)) return Audience.MANAGER;
    return viewer.maySeeSecretsOf(owner) ? Audience.TOOL : Audience.STRANGER;
  }

  /** A device with readings of it, for a partner. */
  void write(JsonWriter json, DeviceView view, List<Reading> readings) {
    Map<SensorId, List<Reading>> bySensor =
        readings.stream().collect(Collectors.groupingBy(Reading::sensor));
    write(
        json,
        view,
        Audience.PARTNER,
        (out, sensor) -> {
          component(out, sensor);
          readings(out, sensor, bySensor.getOrDefault(sensor.sensor().id(), List.of()));
        });
  }

  private void write(
      JsonWriter json,
      DeviceView view,
      Audience audience,
      BiConsumer<JsonWriter, SensorView> component) {
    json.object(
        () -> {
          head(json, view);
          if (audience.managesDevices()) {
            optional(json, "device_token", token.apply(view.device()));
            optional(json, "mac_address", view.device().macAddress());
          }
          view.marks()
              .postprocessing()
              .ifPresent(kept -> PostprocessingPresenter.writePresent(json, kept));
          location(json, view);
          if (audience != Audience.STRANGER) policy(json, view);
          hardware(json, view.device(), audience);
          view.owner().ifPresent(owner -> owner(json, owner, audience));
          json.array(
              "components",
              () ->
                  view.sensors()
                      .forEach(sensor -> json.object(() -> component.accept(json, sensor))));
          if (audience == Audience.STRANGER)
            unauthorized(json, "device_token", "mac_address", "data_policy");
        });
  }

  private static void unauthorized(JsonWriter json, String... names) {
    json.array("unauthorized_fields", () -> List.of(names).forEach(json::element));
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

  /** All five keys, whatever is known. */
  private static void hardware(JsonWriter json, Device device, Audience audience) {
    HardwareName hardware = HardwareName.of(device.hardware());
    json.object(
        "hardware",
        () -> {
          json.field("name", hardware.name())
              .field("type", hardware.type())
              .field("version", hardware.version())
              .field("slug", hardware.slug());
          if (audience != Audience.STRANGER && hardware.status() instanceof ObjectNode status)
            json.field("last_status_message", told(status, audience));
          else json.nothing("last_status_message");
          if (audience == Audience.STRANGER) unauthorized(json, "last_status_message");
        });
  }

  private static ObjectNode told(ObjectNode status, Audience audience) {
    if (audience.managesDevices()) return status;
    ObjectNode told = status.deepCopy();
    told.remove("mac");
    return told;
  }

  private void owner(JsonWriter json, User owner, Audience audience) {
    json.object(
        "owner",
        () -> {
          json.field("id", owner.id().value())
              .field("uuid", owner.uuid().toString())
              .field("role", owner.role().label())
              .field("username", owner.username());
          if (audience != Audience.PARTNER) json.field("profile_picture", pictures.of(owner));
          optional(json, "url", owner.url());
          UserLocation.write(json, owner);
          if (audience == Audience.MANAGER)
            json.field("email", owner.email()).field("legacy_api_key", owner.legacyApiKey());
          json.field("created_at", owner.createdAt()).field("updated_at", owner.updatedAt());
          if (audience == Audience.STRANGER || audience == Audience.TOOL)
            unauthorized(json, "email", "legacy_api_key");
        });
  }

  private static void component(JsonWriter json, SensorView view) {
    Calibration equation = view.sensor().equation();
    sensor(json, view);
    view.latest()
        .ifPresent(
            found -> {
              json.field("last_reading_at", Instant.ofEpochSecond(found.epochSecond()))
                  .field("latest_value", equation.apply(found.value()));
              found
                  .previous()
                  .ifPresent(before -> json.field("previous_value", equation.apply(before)));
            });
  }

  private static void readings(JsonWriter json, SensorView view, List<Reading> readings) {
    json.array(
        "readings",
        () ->
            readings.stream()
                .sorted(NEWEST_FIRST)
                .forEach(reading -> reading(json, reading, view.sensor().equation())));
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
