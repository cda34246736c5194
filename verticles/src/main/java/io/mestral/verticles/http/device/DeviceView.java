package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Latest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A device with all that is shown of it.
 *
 * @param owner empty when the account is gone and the device is about to follow
 * @param siblings all devices of the owner
 * @param sensors by sensor name
 * @param destination the name of where its readings are forwarded to
 * @param marks what is tied to it beside
 */
record DeviceView(
    Device device,
    Optional<User> owner,
    List<DeviceId> siblings,
    List<SensorView> sensors,
    Optional<String> destination,
    DeviceMarks marks) {
  /**
   * One sensor of the device.
   *
   * @param ancestry the numbers of those above it, the highest first, with slashes between
   * @param tags their names
   * @param latest empty when it was never read
   */
  record SensorView(
      Sensor sensor,
      Optional<String> ancestry,
      Optional<Measurement> measurement,
      List<String> tags,
      Component component,
      Optional<Latest> latest) {}

  Optional<Instant> lastReadingAt() {
    return sensors.stream()
        .flatMap(sensor -> sensor.latest().stream())
        .map(Latest::epochSecond)
        .max(Long::compare)
        .map(Instant::ofEpochSecond);
  }

  /** Where the device is in its life (spec 3.2). */
  String state() {
    if (sensors.stream().anyMatch(sensor -> sensor.latest().isPresent())) return "has_published";
    boolean known = device.macAddress().isPresent() || device.token().isPresent();
    return known ? "never_published" : "not_configured";
  }

  /** What the platform says of the device on its own, sorted (spec 2.5). */
  List<String> systemTags(Instant now) {
    return SystemTags.of(device, lastReadingAt(), now).sorted();
  }
}
