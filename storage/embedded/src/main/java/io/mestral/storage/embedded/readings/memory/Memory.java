package io.mestral.storage.embedded.readings.memory;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.format.BatchCodec;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Slice;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The tables in memory: one that takes readings, and before it those that wait to be sealed. The
 * journal's thread adds and turns, the store's thread takes sealed ones away, anybody looks.
 */
public final class Memory {
  private final int tableReadings;
  private final Clock clock;
  private final AtomicReference<Tables> tables =
      new AtomicReference<>(new Tables(List.of(), new OpenTable()));

  /**
   * All there is at one moment.
   *
   * @param sealing oldest first; they don't change any more
   */
  public record Tables(List<OpenTable> sealing, OpenTable open) {
    /** In the order of arrival. */
    public List<OpenTable> all() {
      List<OpenTable> all = new ArrayList<>(sealing);
      all.add(open);
      return all;
    }

    /** What they say about a series from one second to another. */
    public Layers layers(Series series, long from, long to) {
      Layers layers = new Layers(from, to);
      for (OpenTable table : all()) table.layOver(series, layers);
      return layers;
    }

    /** Adds the devices that they have. */
    public void devices(NavigableSet<Long> into) {
      for (OpenTable table : all())
        for (OpenTable.OpenDevice device : table.devices()) into.add(device.id());
    }

    /** The sensors of a device. */
    public NavigableSet<Integer> sensors(DeviceId device) {
      NavigableSet<Integer> sensors = new TreeSet<>();
      for (OpenTable table : all())
        table
            .deviceOf(device.value())
            .ifPresent(
                open -> {
                  for (int sensor : open.sensors()) sensors.add(sensor);
                });
      return sensors;
    }

    /** Adds the days on which a device has readings. */
    public void days(DeviceId device, NavigableSet<Long> into) {
      for (int sensor : sensors(device)) {
        Series series = new Series(device, new SensorId(sensor));
        Slice readings =
            layers(series, Days.FIRST_SECOND, Days.LAST_SECOND)
                .merged(Integer.MAX_VALUE)
                .readings();
        for (int i = readings.from(); i < readings.to(); ) {
          long day = Days.of(readings.times()[i]);
          into.add(day);
          i = readings.indexAtOrAfter((day + 1) * Days.SECONDS);
        }
      }
    }
  }

  public Memory(int tableReadings, Clock clock) {
    this.tableReadings = tableReadings;
    this.clock = clock;
  }

  public Tables tables() {
    return tables.get();
  }

  /** How many readings there are; those of one second count as often as they came. */
  public long readings() {
    return tables.get().all().stream().mapToLong(OpenTable::readings).sum();
  }

  /** Readings of both kinds of tables together. */
  public int weight() {
    return tables.get().all().stream().mapToInt(OpenTable::weight).sum();
  }

  /**
   * Whether so many more readings have a place. While one table is being sealed the next may grow
   * to twice its size; then whoever sends must wait. Only a batch that is larger than all that
   * finds a place whenever the table is not full, or it never would.
   *
   * @param arriving readings that have a place already and are on their way to it
   */
  boolean hasRoomFor(long arriving, long readings) {
    long taken = tables.get().open().weight() + arriving;
    return taken + readings <= 2L * tableReadings
        || readings > tableReadings && taken < tableReadings;
  }

  /** Whether more readings may wait for a place beside those that do. */
  boolean mayHaveWaiting(long waiting) {
    return waiting < tableReadings / 2;
  }

  /** Whether hardly a batch has a place, because sealing fails or is too slow. */
  boolean isNearlyFull() {
    return !hasRoomFor(0, Math.max(1, tableReadings / 10));
  }

  /** Takes a record in; on the journal's thread. */
  public void take(long sequence, Buffer body) {
    OpenTable open = tables.get().open();
    try {
      BatchCodec.decode(body.getBytes(), open);
    } finally {
      open.recordEnds(sequence, body.length(), clock.millis());
    }
  }

  /** Whether the open table is full and the way for it is free. */
  public boolean isTurnDue() {
    Tables now = tables.get();
    return now.sealing().isEmpty() && now.open().weight() >= tableReadings;
  }

  /**
   * Puts a new table in the place of the open one, unless that is empty or another is still being
   * sealed; on the journal's thread.
   */
  public boolean turn() {
    Tables now = tables.get();
    if (now.open().isEmpty() || !now.sealing().isEmpty()) return false;
    tables.set(new Tables(List.of(now.open()), new OpenTable()));
    return true;
  }

  /** A table lies in blocks now. */
  public void sealed(OpenTable table) {
    tables.updateAndGet(
        now ->
            new Tables(now.sealing().stream().filter(each -> each != table).toList(), now.open()));
  }
}
