package io.mestral.verticles.uplink.state;

import static io.mestral.verticles.uplink.state.Bodies.put;
import static io.mestral.verticles.uplink.state.Bodies.some;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.verticles.uplink.wire.Unreadable;
import java.util.Optional;
import java.util.UUID;

/** A device as two nodes tell each other of it: without owner, token, and what it is made of. */
public final class DeviceBody {
  private DeviceBody() {}

  /** What is told of a device. */
  public static ObjectNode of(Device device) {
    ObjectNode body = Bodies.fresh().put("id", device.id().value()).put("name", device.name());
    put(body, "description", device.description());
    put(body, "mac_address", device.macAddress());
    Location location = device.location();
    put(body, "latitude", location.latitude());
    put(body, "longitude", location.longitude());
    put(body, "elevation", location.elevation());
    put(body, "exposure", location.exposure());
    put(body, "geohash", location.geohash());
    put(body, "city", location.city());
    put(body, "country_code", location.countryCode());
    Hardware hardware = device.hardware();
    put(body, "hardware_name", hardware.nameOverride());
    put(body, "hardware_version", hardware.versionOverride());
    put(body, "hardware_type", hardware.typeOverride());
    put(body, "hardware_slug", hardware.slugOverride());
    DevicePolicy policy = device.policy();
    body.put("is_private", policy.isPrivate())
        .put("precise_location", policy.preciseLocation())
        .put("enable_forwarding", policy.enableForwarding())
        .put("is_test", policy.isTest())
        .put("notify_low_battery", policy.notifyLowBattery())
        .put("notify_stopped_publishing", policy.notifyStoppedPublishing());
    put(body, "meta", device.meta());
    put(body, "created_at", device.createdAt());
    put(body, "updated_at", device.updatedAt());
    return body;
  }

  /** A device that was told of; it has no token, and an owner that means nothing. */
  public static Device read(UUID uuid, JsonNode body) throws Unreadable {
    String name = Bodies.text(body, "name");
    if (name.isBlank()) throw new Unreadable("a device without name");
    return new Device(
        new DeviceId(Bodies.number(body, "id")),
        uuid,
        new UserId(0),
        name,
        some(body, "description"),
        Optional.empty(),
        some(body, "mac_address"),
        location(body),
        new Hardware(
            Optional.empty(),
            some(body, "hardware_name"),
            some(body, "hardware_version"),
            some(body, "hardware_type"),
            some(body, "hardware_slug")),
        new DevicePolicy(
            body.path("is_private").asBoolean(true),
            body.path("precise_location").asBoolean(false),
            body.path("enable_forwarding").asBoolean(false),
            body.path("is_test").asBoolean(false),
            body.path("notify_low_battery").asBoolean(false),
            body.path("notify_stopped_publishing").asBoolean(false)),
        some(body, "meta"),
        Bodies.time(body, "created_at"),
        Bodies.time(body, "updated_at"));
  }

  private static Location location(JsonNode body) throws Unreadable {
    return new Location(
        Bodies.degrees(body, "latitude", 90),
        Bodies.degrees(body, "longitude", 180),
        Bodies.whole(body, "elevation"),
        some(body, "exposure"),
        some(body, "geohash"),
        some(body, "city"),
        some(body, "country_code"));
  }
}
