package io.mestral.verticles.storing;

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
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The reading store as the other verticles see it: questions to the storage verticle. */
public final class StorageClient implements ReadingStore {
  private final LocalBus bus;

  /** Speaks over this node's bus. */
  public StorageClient(Vertx vertx) {
    this.bus = LocalBus.of(vertx);
  }

  @Override
  public Future<Void> append(List<Reading> readings) {
    return bus.ask(Addresses.READINGS, new StorageQuestion.Append(readings), Void.class);
  }

  @Override
  public Future<Samples> read(Series series, TimeRange range, int limit) {
    return bus.ask(
        Addresses.READINGS, new StorageQuestion.Read(series, range, limit), Samples.class);
  }

  @Override
  @SuppressWarnings("unchecked") // the verticle answers with what the store's method returns
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    return bus.ask(
            Addresses.READINGS, new StorageQuestion.Summarise(series, span, range), List.class)
        .map(found -> (List<Summary>) found);
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    return bus.ask(Addresses.READINGS, new StorageQuestion.Delete(series, range), Void.class);
  }

  @Override
  @SuppressWarnings("unchecked") // as above
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    return bus.ask(Addresses.READINGS, new StorageQuestion.ReadLatest(devices), Map.class)
        .map(found -> (Map<DeviceId, Map<SensorId, Latest>>) found);
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    return bus.ask(
        Addresses.READINGS, new StorageQuestion.ScanLatest(devices, sensors), LatestRows.class);
  }

  @Override
  public Future<Void> check() {
    return bus.ask(Addresses.READINGS, new StorageQuestion.Check(), Void.class);
  }

  /** The store belongs to the node, which closes it. */
  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
