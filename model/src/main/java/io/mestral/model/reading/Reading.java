package io.mestral.model.reading;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;

/**
 * One number that one sensor of one device had at one second. (device, sensor, second) is its
 * identity: the later arrival replaces the earlier.
 *
 * @param epochSecond UTC, whole seconds since 1970
 * @param value the stored value (before the sensor's equation); finite
 */
public record Reading(DeviceId device, SensorId sensor, long epochSecond, double value) {
  /** Refuses what isn't a number. */
  public Reading {
    if (!Double.isFinite(value))
      throw new IllegalArgumentException("a reading is finite: " + value);
  }
}
