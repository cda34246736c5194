package io.mestral.verticles.uplink.proof;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what all sensors of a device measured in an hour. Any thread may ask. */
public final class HourReader {
  private static final int SECONDS = 3_600;

  private final Metadata metadata;
  private final ReadingStore readings;
  private volatile Map<SensorId, UUID> names = Map.of();

  /** Of that store. */
  public HourReader(Metadata metadata, ReadingStore readings) {
    this.metadata = metadata;
    this.readings = readings;
  }

  /**
   * What a device measured, by sensor; a sensor that measured nothing isn't there.
   *
   * @param hour since 1970, UTC
   */
  public Future<Map<SensorId, Samples>> read(DeviceId device, long hour) {
    TimeRange range = new TimeRange(hour * SECONDS, hour * SECONDS + SECONDS - 1);
    Map<SensorId, Samples> series = new LinkedHashMap<>();
    return metadata
        .devices()
        .components(List.of(device))
        .compose(
            found ->
                Steps.forEach(
                    found.getOrDefault(device, List.of()),
                    (Component one) ->
                        readings
                            .read(new Series(device, one.sensor()), range, SECONDS)
                            .onSuccess(
                                samples -> {
                                  if (samples.size() > 0) series.put(one.sensor(), samples);
                                })))
        .map(done -> series);
  }

  /** The digest of what {@link #read} gives, the same at every node. */
  public Future<Digest> digest(DeviceId device, long hour) {
    return read(device, hour).compose(this::digest);
  }

  /** The digest of these. */
  public Future<Digest> digest(Map<SensorId, Samples> series) {
    return named(series.keySet())
        .map(
            uuids -> {
              Digest all = Digest.NONE;
              for (Map.Entry<SensorId, Samples> one : series.entrySet())
                all = all.and(Digest.of(uuids.get(one.getKey()), one.getValue()));
              return all;
            });
  }

  /** What sensors are called at every node; the catalogue is read when one isn't remembered. */
  public Future<Map<SensorId, UUID>> named(Collection<SensorId> sensors) {
    Map<SensorId, UUID> known = names;
    if (known.keySet().containsAll(sensors)) return Future.succeededFuture(known);
    return metadata
        .catalogue()
        .sensors()
        .map(
            all -> {
              Map<SensorId, UUID> read = new HashMap<>();
              all.forEach(one -> read.put(one.id(), one.uuid()));
              names = read;
              return read;
            });
  }
}
