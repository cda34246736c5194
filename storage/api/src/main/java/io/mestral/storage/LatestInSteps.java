package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.LatestRows;
import io.vertx.core.Future;
import java.util.List;

/** The newest readings of many devices by asking for all that some of them said, and then more. */
final class LatestInSteps {
  private static final int STEP = 1_000;

  private final ReadingStore store;
  private final List<DeviceId> devices;
  private final List<SensorId> sensors;
  private final LatestRows rows;
  private int next;

  LatestInSteps(ReadingStore store, List<DeviceId> devices, List<SensorId> sensors) {
    this.store = store;
    this.devices = devices;
    this.sensors = sensors;
    this.rows = new LatestRows(devices.size());
  }

  Future<LatestRows> rows() {
    return Steps.until(this::some).map(rows);
  }

  /** Succeeds with whether there were none left. */
  private Future<Boolean> some() {
    if (next == devices.size()) return Future.succeededFuture(true);
    int end = Math.min(next + STEP, devices.size());
    return store
        .latest(devices.subList(next, end))
        .map(
            found -> {
              for (; next < end; next++) rows.put(next, sensors, found.get(devices.get(next)));
              return false;
            });
  }
}
