package io.mestral.verticles.uplink;

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
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The readings of an edge: what is kept here goes up as well. */
public record UplinkedReadings(ReadingStore here, ReadingUplink uplink) implements ReadingStore {
  /** Succeeds when they are kept, and it is written down that the node above lacks them. */
  @Override
  public Future<Void> append(List<Reading> readings) {
    return uplink
        .note(readings)
        .compose(noted -> here.append(readings))
        .onComplete(kept -> uplink.kept(readings, kept.succeeded()));
  }

  @Override
  public Future<Samples> read(Series series, TimeRange range, int limit) {
    return here.read(series, range, limit);
  }

  @Override
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    return here.summaries(series, span, range);
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    return here.delete(series, range);
  }

  @Override
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    return here.latest(devices);
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    return here.latest(devices, sensors);
  }

  @Override
  public Future<Void> check() {
    return here.check();
  }

  @Override
  public Future<Void> close() {
    return here.close();
  }
}
