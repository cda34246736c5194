package io.mestral.verticles.watch;

import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.storage.DeviceNotices.Kind;
import io.mestral.storage.WatchedDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to tell of a device, as its newest readings have it (spec 3.5): of each low battery
 * once, until it was charged, and of each silence once.
 */
final class Patrol {
  static final SensorId BATTERY = new SensorId(10);

  private static final Duration SILENT = Duration.ofMinutes(60);
  private static final Duration BETWEEN_BATTERIES = Duration.ofHours(12);
  private static final int LOWEST = 2; // below, there is no battery or the number is none
  private static final int LOW = 14;

  /** Well above low: a battery that hovers there is one story. */
  private static final int CHARGED = 20;

  private Patrol() {}

  /** What to do about a device. */
  sealed interface Finding {
    /** Tell it. */
    record Tell(DeviceEvent event) implements Finding {}

    /** What was told is over. */
    record Over(Kind kind) implements Finding {}
  }

  static List<Finding> look(WatchedDevice device, Map<SensorId, Latest> latest, Instant now) {
    List<Finding> findings = new ArrayList<>();
    Optional<Instant> last =
        latest.values().stream()
            .map(Latest::epochSecond)
            .max(Long::compare)
            .map(Instant::ofEpochSecond);
    if (device.stoppedPublishing())
      last.flatMap(at -> silence(device, at, now)).ifPresent(findings::add);
    if (device.lowBattery())
      Optional.ofNullable(latest.get(BATTERY))
          .flatMap(battery -> battery(device, battery, now))
          .ifPresent(findings::add);
    return findings;
  }

  private static Optional<Finding> silence(WatchedDevice device, Instant last, Instant now) {
    if (last.isAfter(now.minus(SILENT))) return Optional.empty();
    DeviceEvent event = new DeviceEvent.StoppedPublishing(device.device(), now, last);
    Optional<Instant> told = device.stoppedPublishingTold();
    return told.filter(at -> !at.isBefore(event.unlessSince())).isPresent()
        ? Optional.empty()
        : Optional.of(new Finding.Tell(event));
  }

  /** Of a device that is dead the last number says nothing any more. */
  private static Optional<Finding> battery(WatchedDevice device, Latest battery, Instant now) {
    if (Instant.ofEpochSecond(battery.epochSecond()).isBefore(now.minus(SILENT)))
      return Optional.empty();
    int percent = (int) battery.value();
    Optional<Instant> told = device.lowBatteryTold();
    if (told.isPresent()) {
      boolean over = percent >= CHARGED && told.get().isBefore(now.minus(BETWEEN_BATTERIES));
      return over ? Optional.of(new Finding.Over(Kind.LOW_BATTERY)) : Optional.empty();
    }
    if (percent < LOWEST || percent > LOW) return Optional.empty();
    DeviceEvent event = new DeviceEvent.LowBattery(device.device(), now, percent);
    return Optional.of(new Finding.Tell(event));
  }
}
