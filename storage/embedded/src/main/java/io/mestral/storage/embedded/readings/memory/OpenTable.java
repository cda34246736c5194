package io.mestral.storage.embedded.readings.memory;

import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.format.BatchCodec;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Readings in memory that are not in blocks yet. The journal's thread adds, anybody reads. */
public final class OpenTable implements BatchCodec.Taker {
  /** What a series costs beside its readings, in readings. */
  private static final int SERIES_COST = 8;

  private final ConcurrentHashMap<Long, OpenDevice> devices = new ConcurrentHashMap<>();
  private OpenDevice current = new OpenDevice(0);
  private int added;
  private int cost;
  private volatile int readings;
  private volatile int weight;
  private volatile long bytes;
  private volatile long lastSequence;
  private volatile long openedAt;

  /** The series of one device. */
  public static final class OpenDevice {
    private final long id;
    private volatile Sensors sensors = new Sensors(new int[0], new OpenSeries[0]);
    private int next;

    OpenDevice(long id) {
      this.id = id;
    }

    private record Sensors(int[] ids, OpenSeries[] series) {
      int indexOf(int sensor) {
        for (int i = 0; i < ids.length; i++) if (ids[i] == sensor) return i;
        return -1;
      }
    }

    public long id() {
      return id;
    }

    /** The sensors that anything is known of, ascending. */
    public int[] sensors() {
      int[] ids = sensors.ids.clone();
      Arrays.sort(ids);
      return ids;
    }

    /** What is known of a sensor. */
    public Optional<OpenSeries> series(int sensor) {
      Sensors now = sensors;
      int index = now.indexOf(sensor);
      return index < 0 ? Optional.empty() : Optional.of(now.series[index]);
    }

    /** Whether anything was removed out of what lies beneath. */
    public boolean hasRemovals() {
      for (OpenSeries each : sensors.series) if (!each.content().removed().isEmpty()) return true;
      return false;
    }

    /** Tells the last readings of every sensor. */
    public void newest(NewestTwo into) {
      for (OpenSeries each : sensors.series) each.content().newest(into);
    }

    /** A kit sends its sensors in the same order each time: the next is tried first. */
    private int locate(int sensor) {
      int[] ids = sensors.ids;
      if (next >= ids.length) next = 0;
      int index = ids.length > 0 && ids[next] == sensor ? next : sensors.indexOf(sensor);
      next = index + 1;
      return index;
    }

    private OpenSeries create(int sensor) {
      Sensors now = sensors;
      int size = now.ids.length;
      int[] ids = Arrays.copyOf(now.ids, size + 1);
      OpenSeries[] series = Arrays.copyOf(now.series, size + 1);
      ids[size] = sensor;
      series[size] = new OpenSeries();
      sensors = new Sensors(ids, series);
      return series[size];
    }
  }

  @Override
  public void device(long device) {
    if (current.id == device && device != 0) return;
    current = devices.computeIfAbsent(device, OpenDevice::new);
  }

  @Override
  public void reading(int sensor, long epochSecond, double value) {
    if (seriesOf(sensor).add(epochSecond, value)) added++;
  }

  @Override
  public void removal(int sensor, TimeRange range) {
    seriesOf(sensor).remove(range);
    cost += SERIES_COST;
  }

  private OpenSeries seriesOf(int sensor) {
    int index = current.locate(sensor);
    if (index >= 0) return current.sensors.series[index];
    cost += SERIES_COST;
    return current.create(sensor);
  }

  /** A record of the journal was taken in whole. */
  void recordEnds(long sequence, int length, long nowMillis) {
    if (lastSequence == 0) openedAt = nowMillis;
    lastSequence = sequence;
    bytes += length;
    readings += added;
    weight = readings + cost;
    added = 0;
  }

  /** Readings that were added and changed something. */
  public int readings() {
    return readings;
  }

  /** What it takes of memory, in readings. */
  int weight() {
    return weight;
  }

  /** What the journal must keep for it. */
  public long bytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return lastSequence == 0;
  }

  /** The last record of the journal that is in here. */
  public long lastSequence() {
    return lastSequence;
  }

  /** When its first record came. */
  public long openedAt() {
    return openedAt;
  }

  public Collection<OpenDevice> devices() {
    return devices.values();
  }

  public Optional<OpenDevice> deviceOf(long device) {
    return Optional.ofNullable(devices.get(device));
  }

  /** Lays what is here of a series over older tables. */
  void layOver(Series series, Layers layers) {
    deviceOf(series.device().value())
        .flatMap(device -> device.series(series.sensor().value()))
        .ifPresent(layers::add);
  }
}
