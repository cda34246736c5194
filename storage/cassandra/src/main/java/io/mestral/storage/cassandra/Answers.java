package io.mestral.storage.cassandra;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What readers are told: what the cluster has and what waits to be carried there, without what is
 * too old. Used on one context.
 */
final class Answers {
  private final SeriesReader reader;
  private final Summaries summaries;
  private final Newest newest;
  private final Pending pending;
  private final DirtyHours dirty;
  private final Retirement retirement;
  private final HoursAlone hoursAlone;

  Answers(
      SeriesReader reader,
      Summaries summaries,
      Newest newest,
      Pending pending,
      DirtyHours dirty,
      Retirement retirement,
      HoursAlone hoursAlone) {
    this.reader = reader;
    this.summaries = summaries;
    this.newest = newest;
    this.pending = pending;
    this.dirty = dirty;
    this.retirement = retirement;
    this.hoursAlone = hoursAlone;
  }

  Future<Samples> readings(Series series, TimeRange range, int limit) {
    return reader.read(series, retirement.readingsOf(range), limit, waiting(series.device()));
  }

  Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    Summaries.Changes changes =
        new Summaries.Changes(
            dirty.of(series.device().value(), Long.MIN_VALUE, Long.MAX_VALUE),
            waiting(series.device()),
            retirement.firstReading());
    return summaries.read(series, span, retirement.summariesOf(range), changes);
  }

  Future<Map<DeviceId, Map<SensorId, Latest>>> latest(List<DeviceId> devices) {
    return newest.latest(devices, waiting(devices));
  }

  /** The rows are made on a thread for that: there may be a hundred thousand. */
  Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors, Vertx vertx) {
    Map<Long, Collection<Row>> waiting = waiting(devices);
    return newest
        .cellsOf(devices)
        .compose(
            cells ->
                vertx.executeBlocking(() -> newest.rows(devices, sensors, cells, waiting), false));
  }

  Future<List<DeviceId>> devices() {
    hoursAlone.lookAgain();
    return reader
        .devices(pending.devices())
        .map(found -> found.stream().map(DeviceId::new).toList());
  }

  Future<List<Long>> days(DeviceId device) {
    return reader.days(device.value(), waiting(device));
  }

  /** Sensors of which hours are left and readings are not are named, too. */
  Future<Optional<Map<SensorId, Samples>>> readings(DeviceId device, TimeRange range, int most) {
    Future<Optional<Map<SensorId, Samples>>> readings =
        reader.all(device.value(), retirement.readingsOf(range), most, waiting(device));
    return hoursAlone
        .sensorsOn(device.value(), Span.DAY.startOf(range.from()))
        .compose(
            sensors ->
                readings.onSuccess(
                    found ->
                        found.ifPresent(
                            all ->
                                sensors.forEach(
                                    sensor -> all.putIfAbsent(sensor, Samples.EMPTY)))));
  }

  private List<Row> waiting(DeviceId device) {
    return pending.of(device.value()).stream().filter(retirement::keeps).toList();
  }

  private Map<Long, Collection<Row>> waiting(List<DeviceId> devices) {
    Map<Long, Collection<Row>> rows = new HashMap<>();
    for (DeviceId device : devices) {
      Collection<Row> some = waiting(device);
      if (!some.isEmpty()) rows.put(device.value(), some);
    }
    return rows;
  }
}
