package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The time series: numbers by (device, sensor, second). */
public interface ReadingStore {
  /**
   * Keeps readings, in this order where the same second comes twice: the later arrival wins.
   * Success means kept, all of them, and visible to every reader. Fails with {@code QUOTA_EXCEEDED}
   * when there is no room and {@code UNAVAILABLE} when the store is away: then none is acknowledged
   * and sending them again does no harm.
   */
  Future<Void> append(List<Reading> readings);

  /**
   * The readings of a series inside a range, oldest first.
   *
   * @param limit at most this many, from the oldest on; at least 1
   */
  Future<Samples> read(Series series, TimeRange range, int limit);

  /**
   * Summaries of a series by hour or day: of every bucket that starts inside the range and has
   * readings, oldest first. They agree with the readings, late and corrected ones included; of a
   * time whose readings were let go because of their age they are what is left.
   */
  Future<List<Summary>> summaries(Series series, Span span, TimeRange range);

  /**
   * Removes the readings of a series inside a range, and what the summaries hold of them. Success
   * means that they are gone for good; what is appended afterwards stays.
   */
  Future<Void> delete(Series series, TimeRange range);

  /** The newest reading of every series of the devices; every device is a key. */
  Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices);

  /**
   * The newest reading of some sensors on many devices, as a map of them needs it: a row for each
   * device, in the order given.
   *
   * @param sensors of readings of the same second that of the sensor named first counts
   */
  default Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    return new LatestInSteps(this, devices, sensors).rows();
  }

  /** Succeeds when the store takes writes and answers; a probe for health. */
  Future<Void> check();

  /** Finishes what is under way and lets go of files and connections. */
  Future<Void> close();
}
