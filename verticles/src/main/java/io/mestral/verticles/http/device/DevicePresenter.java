package io.mestral.verticles.http.device;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import java.time.Clock;

/** Writes a device as version 0 shows it (spec 2.5): whole to its owner, filtered to others. */
final class DevicePresenter {
  /** What stands where something may not be seen. */
  static final String FILTERED = "[FILTERED]";

  private final TokenVault vault;
  private final UserPicture pictures;
  private final Clock clock;

  DevicePresenter(TokenVault vault, UserPicture pictures, Clock clock) {
    this.vault = vault;
    this.pictures = pictures;
    this.clock = clock;
  }

  UserPicture pictures() {
    return pictures;
  }

  /** A device by itself or in a list of devices. */
  void write(JsonWriter json, DeviceView view, Viewer viewer) {
    boolean whole = viewer.maySeeSecretsOf(view.device().owner());
    json.object(
        () -> {
          head(json, view, whole);
          location(json, view.device().location());
          tail(json, view, whole);
          owner(json, view);
          json.object(
              "data",
              () ->
                  json.array(
                      "sensors",
                      () -> view.sensors().forEach(s -> SensorPresenter.write(json, s))));
          json.array("experiment_ids", () -> {});
        });
  }

  /** A device in its owner's JSON: without owner and data, and for strangers without place. */
  void writeInUser(JsonWriter json, DeviceView view, Viewer viewer) {
    boolean whole = viewer.maySeeSecretsOf(view.device().owner());
    json.object(
        () -> {
          head(json, view, whole);
          if (whole) location(json, view.device().location());
          tail(json, view, whole);
          json.array("experiment_ids", () -> {});
        });
  }

  private void head(JsonWriter json, DeviceView view, boolean whole) {
    Device device = view.device();
    json.field("id", device.id().value())
        .field("uuid", device.uuid().toString())
        .field("name", device.name())
        .field("description", device.description())
        .field("state", view.state())
        .array("system_tags", () -> view.systemTags(clock.instant()).forEach(json::element))
        .array("user_tags", () -> {})
        .field("last_reading_at", view.lastReadingAt().map(JsonWriter::text))
        .field("created_at", device.createdAt())
        .field("updated_at", device.updatedAt())
        .object(
            "notify",
            () ->
                json.field("stopped_publishing", device.policy().notifyStoppedPublishing())
                    .field("low_battery", device.policy().notifyLowBattery()))
        .field("device_token", whole ? token(device) : FILTERED);
    if (whole && device.macAddress().isPresent())
      json.field("mac_address", device.macAddress().get());
    json.nothing("postprocessing");
  }

  /** Never null: strict clients read a text (spec 2.5). */
  private String token(Device device) {
    return device.token().flatMap(vault::open).map(Secret::reveal).orElse("");
  }

  private static void location(JsonWriter json, Location location) {
    json.object(
        "location",
        () -> {
          location.exposure().ifPresent(exposure -> json.field("exposure", exposure));
          location.elevation().ifPresent(metres -> json.field("elevation", metres));
          location.latitude().ifPresent(degrees -> json.field("latitude", degrees));
          location.longitude().ifPresent(degrees -> json.field("longitude", degrees));
          location.geohash().ifPresent(geohash -> json.field("geohash", geohash));
        });
  }

  private static void tail(JsonWriter json, DeviceView view, boolean whole) {
    Device device = view.device();
    DevicePolicy policy = device.policy();
    json.object(
        "data_policy",
        () -> {
          json.field("is_private", policy.isPrivate());
          if (whole)
            json.field("enable_forwarding", policy.enableForwarding())
                .field("precise_location", policy.preciseLocation())
                .field("forwarding_destination", view.destination());
          else
            json.field("enable_forwarding", FILTERED)
                .field("precise_location", FILTERED)
                .field("forwarding_destination", FILTERED);
        });
    HardwareName hardware = HardwareName.of(device.hardware());
    json.object(
        "hardware",
        () -> {
          json.field("name", hardware.name())
              .field("type", hardware.type())
              .field("version", hardware.version())
              .field("slug", hardware.slug());
          if (!whole) json.field("last_status_message", FILTERED);
          else if (hardware.status().isObject())
            json.field("last_status_message", hardware.status());
          else json.nothing("last_status_message");
        });
  }

  private void owner(JsonWriter json, DeviceView view) {
    if (view.owner().isEmpty()) {
      json.nothing("owner");
      return;
    }
    User owner = view.owner().get();
    json.object(
        "owner",
        () -> {
          json.field("id", owner.id().value())
              .field("uuid", owner.uuid().toString())
              .field("username", owner.username())
              .field("url", owner.url())
              .field("profile_picture", pictures.of(owner));
          UserLocation.write(json, owner);
          json.array("device_ids", () -> view.siblings().forEach(id -> json.element(id.value())));
        });
  }
}
