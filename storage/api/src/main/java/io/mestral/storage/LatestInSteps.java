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

  LatestInSteps(ReadingStore store, List<DeviceId> devices, List<SensorId> sensors) {
    this.store = store;
    this.devices = devices;
    this.sensors = sensors;
    this.rows = new LatestRows(devices.size());
  }

  Future<LatestRows> rows() {
    return from(0);
  }

  private Future<LatestRows> from(int start) {
    if (start >= devices.size()) return Future.succeededFuture(rows);
    int end = Math.min(start + STEP, devices.size());
    return store
        .latest(devices.subList(start, end))
        .compose(
            found -> {
              for (int row = start; row < end; row++)
                rows.put(row, sensors, found.get(devices.get(row)));
              return from(end);
            });
  }
}
