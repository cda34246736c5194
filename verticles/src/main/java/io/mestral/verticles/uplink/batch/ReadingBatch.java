package io.mestral.verticles.uplink.batch;

import io.mestral.model.reading.Samples;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Readings of one device on their way up.
 *
 * @param epoch a number of the edge's run: greater than that of each run before
 * @param number of the batch in that run, from 1
 * @param series by the sensors' UUIDs: stored values, as a device's sensor has them before its
 *     equation
 */
public record ReadingBatch(long epoch, long number, DeviceNote device, Map<UUID, Samples> series) {
  /** Copies the map, in its order. */
  public ReadingBatch {
    series = new LinkedHashMap<>(series);
  }

  /** How many readings. */
  public int size() {
    return series.values().stream().mapToInt(Samples::size).sum();
  }
}
