package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Row;
import java.util.Optional;

/** How a device is kept. */
final class DeviceRow {
  /**
   * The columns of {@link #values}, in that order: all but id, owner, life, and the last info,
   * which the device writes while its owner may be writing the rest.
   */
  static final String COLUMNS =
      "uuid, name, description, token_hash, token_cipher, mac_address,"
          + " latitude, longitude, elevation, exposure, geohash,"
          + " hardware_name_override, hardware_version_override,"
          + " hardware_type_override, hardware_slug_override,"
          + " is_private, precise_location, enable_forwarding, is_test,"
          + " notify_low_battery, notify_stopped_publishing, meta, created_at, updated_at";

  /** How many they are. */
  static final int COLUMN_COUNT = COLUMNS.split(",").length;

  /** What {@link #read} needs: said by name, for a newer version may add more. */
  static final String ALL = "id, owner_id, hardware_info, " + COLUMNS;

  private DeviceRow() {}

  static Object[] values(Device device, Object... more) {
    Location location = device.location();
    Hardware hardware = device.hardware();
    DevicePolicy policy = device.policy();
    return Arguments.of(
        more,
        device.uuid(),
        device.name(),
        device.description(),
        device.token().map(SealedToken::hash),
        device.token().map(SealedToken::cipher),
        device.macAddress(),
        location.latitude(),
        location.longitude(),
        location.elevation(),
        location.exposure(),
        location.geohash(),
        hardware.nameOverride(),
        hardware.versionOverride(),
        hardware.typeOverride(),
        hardware.slugOverride(),
        policy.isPrivate(),
        policy.preciseLocation(),
        policy.enableForwarding(),
        policy.isTest(),
        policy.notifyLowBattery(),
        policy.notifyStoppedPublishing(),
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }

  static Device read(Row row) {
    return new Device(
        new DeviceId(row.number("id")),
        row.uuid("uuid"),
        new UserId(row.number("owner_id")),
        row.text("name"),
        row.optionalText("description"),
        token(row),
        row.optionalText("mac_address"),
        location(row),
        hardware(row),
        policy(row),
        row.optionalText("meta"),
        row.time("created_at"),
        row.time("updated_at"));
  }

  private static Optional<SealedToken> token(Row row) {
    Optional<String> hash = row.optionalText("token_hash");
    if (hash.isEmpty()) return Optional.empty();
    return Optional.of(new SealedToken(hash.get(), row.bytes("token_cipher")));
  }

  private static Location location(Row row) {
    return new Location(
        row.optionalReal("latitude"),
        row.optionalReal("longitude"),
        row.optionalNumber("elevation"),
        row.optionalText("exposure"),
        row.optionalText("geohash"));
  }

  private static Hardware hardware(Row row) {
    return new Hardware(
        row.optionalText("hardware_info"),
        row.optionalText("hardware_name_override"),
        row.optionalText("hardware_version_override"),
        row.optionalText("hardware_type_override"),
        row.optionalText("hardware_slug_override"));
  }

  private static DevicePolicy policy(Row row) {
    return new DevicePolicy(
        row.flag("is_private"),
        row.flag("precise_location"),
        row.flag("enable_forwarding"),
        row.flag("is_test"),
        row.flag("notify_low_battery"),
        row.flag("notify_stopped_publishing"));
  }
}
