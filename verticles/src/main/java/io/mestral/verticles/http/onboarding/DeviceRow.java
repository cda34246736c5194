package io.mestral.verticles.http.onboarding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.platform.Countries;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.util.Optional;

/**
 * Writes a device that was just registered as the platform's table has it (spec 2.13), which is
 * what the onboarding app expects: flat, and {@code null} where nothing is known yet.
 */
final class DeviceRow {
  /** When nobody was told anything yet, in the platform's words. */
  private static final String NEVER_TOLD = "2019-01-21T00:00:00Z";

  private DeviceRow() {}

  static void write(JsonWriter json, Device device, Optional<String> owner, String token) {
    json.object(
        () -> {
          json.field("id", device.id().value())
              .field("owner_id", device.owner().value())
              .field("name", device.name())
              .field("description", device.description())
              .field("mac_address", device.macAddress());
          place(json, device);
          life(json, device, owner);
          json.nothing("old_mac_address")
              .field("state", "never_published")
              .field("device_token", token)
              .nothing("hardware_info")
              .field("notify_stopped_publishing_timestamp", NEVER_TOLD)
              .field("notify_low_battery_timestamp", NEVER_TOLD);
          policy(json, device);
        });
  }

  private static void place(JsonWriter json, Device device) {
    Location location = device.location();
    OrphanForm.degrees(json, "latitude", location.latitude());
    OrphanForm.degrees(json, "longitude", location.longitude());
    json.field("created_at", device.createdAt())
        .field("updated_at", device.updatedAt())
        .nothing("latest_data")
        .field("geohash", location.geohash())
        .nothing("last_reading_at")
        .field("meta", meta(location))
        .object("location", () -> town(json, location));
  }

  private static void town(JsonWriter json, Location location) {
    location.city().ifPresent(city -> json.field("city", city));
    location.countryCode().ifPresent(code -> json.field("country_code", code));
    Countries.name(location.countryCode()).ifPresent(name -> json.field("country", name));
  }

  private static ObjectNode meta(Location location) {
    ObjectNode meta = JsonNodeFactory.instance.objectNode();
    location.exposure().ifPresent(exposure -> meta.put("exposure", exposure));
    location.elevation().ifPresent(metres -> meta.put("elevation", metres));
    return meta;
  }

  private static void life(JsonWriter json, Device device, Optional<String> owner) {
    json.nothing("data")
        .nothing("old_data")
        .field("owner_username", owner)
        .field("uuid", device.uuid().toString())
        .nothing("migration_data")
        .field("workflow_state", "active")
        .nothing("csv_export_requested_at");
  }

  private static void policy(JsonWriter json, Device device) {
    Hardware hardware = device.hardware();
    json.field("notify_low_battery", device.policy().notifyLowBattery())
        .field("notify_stopped_publishing", device.policy().notifyStoppedPublishing())
        .field("is_private", device.policy().isPrivate())
        .field("is_test", device.policy().isTest())
        .nothing("archived_at")
        .field("hardware_type_override", hardware.typeOverride())
        .field("hardware_name_override", hardware.nameOverride())
        .field("hardware_version_override", hardware.versionOverride())
        .field("hardware_slug_override", hardware.slugOverride())
        .field("precise_location", device.policy().preciseLocation())
        .field("enable_forwarding", device.policy().enableForwarding())
        .nothing("forwarding_destination_id");
  }
}
