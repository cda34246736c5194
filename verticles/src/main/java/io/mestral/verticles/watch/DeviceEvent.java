package io.mestral.verticles.watch;

import io.mestral.model.DeviceId;
import java.time.Instant;

/** Something an owner would want to hear of a device; told at {@code Addresses.DEVICE_EVENT}. */
public sealed interface DeviceEvent {
  /** Whose device it is about. */
  DeviceId device();

  /** When it was noticed. */
  Instant at();

  /**
   * The battery is low.
   *
   * @param percent as the device says
   */
  record LowBattery(DeviceId device, Instant at, int percent) implements DeviceEvent {}

  /** A device that published has been silent for long. */
  record StoppedPublishing(DeviceId device, Instant at, Instant lastReadingAt)
      implements DeviceEvent {}

  /**
   * A message could not be taken in.
   *
   * @param problem for people
   */
  record HasErrors(DeviceId device, Instant at, String problem) implements DeviceEvent {}
}
