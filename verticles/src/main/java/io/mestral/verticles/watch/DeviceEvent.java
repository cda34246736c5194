package io.mestral.verticles.watch;

import io.mestral.model.DeviceId;
import io.mestral.storage.DeviceNotices.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * Something an owner would want to hear of a device; found at {@code Addresses.DEVICE_FINDING},
 * told at {@code Addresses.DEVICE_EVENT}.
 */
public sealed interface DeviceEvent {
  /** Whose device it is about. */
  DeviceId device();

  /** When it was noticed. */
  Instant at();

  /** What it is about. */
  Kind kind();

  /** Nobody is to be told if they were told of that kind then or later. */
  Instant unlessSince();

  /**
   * The battery is low. Who was told hears no more of it until it was charged.
   *
   * @param percent as the device says
   */
  record LowBattery(DeviceId device, Instant at, int percent) implements DeviceEvent {
    @Override
    public Kind kind() {
      return Kind.LOW_BATTERY;
    }

    @Override
    public Instant unlessSince() {
      return Instant.EPOCH;
    }
  }

  /** A device that published has been silent for long. Each silence is told once. */
  record StoppedPublishing(DeviceId device, Instant at, Instant lastReadingAt)
      implements DeviceEvent {
    /** A device that comes and goes isn't told of more often. */
    private static final Duration BETWEEN = Duration.ofHours(24);

    @Override
    public Kind kind() {
      return Kind.STOPPED_PUBLISHING;
    }

    @Override
    public Instant unlessSince() {
      Instant longAgo = at.minus(BETWEEN);
      return lastReadingAt.isBefore(longAgo) ? lastReadingAt : longAgo;
    }
  }

  /**
   * A message could not be taken in.
   *
   * @param problem for people
   */
  record HasErrors(DeviceId device, Instant at, String problem) implements DeviceEvent {
    /** An owner hears of errors of a device at most this often. */
    public static final Duration BETWEEN = Duration.ofHours(6);

    @Override
    public Kind kind() {
      return Kind.ERRORS;
    }

    @Override
    public Instant unlessSince() {
      return at.minus(BETWEEN);
    }
  }
}
