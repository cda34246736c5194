package io.mestral.verticles.http.device;

import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Selection;
import io.mestral.storage.search.LastReadings;
import io.vertx.core.Future;
import java.util.List;

/** Looks up when devices were heard last, for searches that are about it. */
public final class LastHeard {
  private final DeviceRegistry registry;
  private final ReadingStore readings;

  /** Of the devices of that registry, with readings of that store. */
  public LastHeard(DeviceRegistry registry, ReadingStore readings) {
    this.registry = registry;
    this.readings = readings;
  }

  /** Succeeds with the selection and what it needs to be found. */
  public Future<Selection> with(Selection selection) {
    if (!selection.search().needsReadings()) return Future.succeededFuture(selection);
    return registry
        .ids()
        .compose(ids -> readings.latest(ids, List.of()).map(rows -> new LastReadings(ids, rows)))
        .map(selection::heard);
  }
}
