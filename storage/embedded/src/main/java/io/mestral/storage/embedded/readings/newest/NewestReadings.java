package io.mestral.storage.embedded.readings.newest;

import io.mestral.storage.embedded.readings.memory.OpenSeries;
import io.mestral.storage.embedded.readings.memory.OpenTable;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;

/**
 * The newest sealed readings by device, as far as somebody asked: {@link NewestFile} in memory. A
 * map that stands in here is not changed any more.
 */
public final class NewestReadings {
  /** What a device with a dozen sensors takes of memory. */
  private static final int DEVICE_BYTES = 1_200;

  /** An eighth of the heap, so that all that a map shows has a place in it. */
  private static final long MOST_DEVICES = Runtime.getRuntime().maxMemory() / 8 / DEVICE_BYTES;

  private final ConcurrentHashMap<Long, Map<Integer, NewestTwo>> known = new ConcurrentHashMap<>();

  /**
   * What is known of a device, by sensor, or else what the file says.
   *
   * @param file gives null when it cannot be read, which is not remembered
   */
  Map<Integer, NewestTwo> of(long device, LongFunction<Map<Integer, NewestTwo>> file) {
    if (known.size() > MOST_DEVICES) forgetOne();
    // Read inside the map's lock for the device, so that a table sealed meanwhile comes after.
    Map<Integer, NewestTwo> found = known.computeIfAbsent(device, file::apply);
    return found == null ? Map.of() : found;
  }

  /**
   * Writes what a table has, which is in blocks by now; on the store's thread.
   *
   * @param search finds what takes the place of newest readings that were removed
   */
  public void seal(OpenTable table, NewestFile file, Search search) throws SQLException {
    for (OpenTable.OpenDevice device : table.devices())
      file.put(device.id(), with(file.of(device.id()), device, search));
    file.commit();
    for (OpenTable.OpenDevice device : table.devices())
      known.computeIfPresent(device.id(), (id, older) -> with(older, device, search));
  }

  /** Any one: who asks for all, again and again, still finds most of them. */
  private void forgetOne() {
    Iterator<Long> first = known.keySet().iterator();
    if (first.hasNext()) known.remove(first.next());
  }

  /** Looks through all readings for the newest two of a series. */
  @FunctionalInterface
  public interface Search {
    NewestTwo newestOf(long device, int sensor);
  }

  /** The file was made anew. */
  public void forget() {
    known.clear();
  }

  /** A new map: the older readings, and over them those of a device in memory. */
  static Map<Integer, NewestTwo> with(
      Map<Integer, NewestTwo> older, OpenTable.OpenDevice device, Search search) {
    Map<Integer, NewestTwo> all = copyOf(older);
    for (int sensor : device.sensors()) {
      NewestTwo newest = all.computeIfAbsent(sensor, none -> new NewestTwo());
      OpenSeries.Content content = device.series(sensor).orElseThrow().content();
      if (newest.isTouchedBy(content.removed()))
        all.put(sensor, search.newestOf(device.id(), sensor));
      else content.newest(newest);
    }
    return all;
  }

  private static Map<Integer, NewestTwo> copyOf(Map<Integer, NewestTwo> original) {
    Map<Integer, NewestTwo> copy = new HashMap<>();
    original.forEach((sensor, newest) -> copy.put(sensor, newest.copy()));
    return copy;
  }
}
