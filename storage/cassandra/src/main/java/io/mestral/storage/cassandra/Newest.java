package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest readings of devices: a row each in the cluster, and those asked for or written last in
 * memory, as the bytes of their cells. Used on one context.
 */
final class Newest {
  /** Beyond so many at once, reading them all costs less than asking for them. */
  private static final int FEW = 2000;

  /** Devices in one question. */
  private static final int AT_ONCE = 20;

  private static final int ENTRY_BYTES = 700;
  private static final int SHARE_OF_HEAP = 16;
  private static final ByteBuffer NOTHING = new NewestTwo().toCell();

  private final CassandraSession session;
  private final Damages damages;
  private final int most;
  private final LinkedHashMap<Long, ByteBuffer> known = new LinkedHashMap<>(16, 0.75f, true);
  private Optional<Future<Scan>> scan = Optional.empty();

  Newest(CassandraSession session, long heap, Damages damages) {
    this.session = session;
    this.damages = damages;
    most = (int) Math.max(1000, Math.min(5_000_000, heap / SHARE_OF_HEAP / ENTRY_BYTES));
  }

  /**
   * What the cluster has.
   *
   * @param whole whether that is all of it
   */
  private record Scan(Map<Long, ByteBuffer> cells, boolean whole) {}

  /** What rows change, to be known once the cluster has it. */
  record Changes(Map<Long, ByteBuffer> cells) {}

  /** Looks at rows that are about to be written. */
  Future<Changes> follow(List<Row> rows) {
    Set<Long> devices = new HashSet<>();
    for (Row row : rows) devices.add(row.device());
    return cells(devices)
        .map(
            cells -> {
              Map<Long, NewestTwo> all = new HashMap<>();
              Set<Long> changed = new HashSet<>();
              for (Row row : rows) {
                NewestTwo newest =
                    all.computeIfAbsent(row.device(), device -> decoded(device, cells));
                if (newest.offer(row)) changed.add(row.device());
              }
              Map<Long, ByteBuffer> after = new HashMap<>();
              for (Long device : changed) after.put(device, all.get(device).toCell());
              return new Changes(after);
            });
  }

  /** What writes the changes. */
  List<Statement<?>> statements(Changes changes, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    changes.cells.forEach((device, cell) -> statements.add(insertion(device, cell, time)));
    return statements;
  }

  /** They are written. */
  void written(Changes changes) {
    changes.cells.forEach(this::keep);
  }

  private Statement<?> insertion(long device, ByteBuffer cell, long time) {
    return session.bind(Cql.INSERT_NEWEST, device, cell.duplicate(), time);
  }

  /** Puts another truth in the place of the old one. */
  Statement<?> put(long device, NewestTwo newest, long time) {
    ByteBuffer cell = newest.toCell();
    keep(device, cell);
    return insertion(device, cell, time);
  }

  /** What the cluster has of a device, whatever is known here. */
  Future<NewestTwo> inCluster(long device) {
    List<ByteBuffer> found = new CopyOnWriteArrayList<>();
    return session
        .each(session.bind(Cql.SELECT_NEWEST, device), row -> found.add(row.getByteBuffer(0)))
        .map(
            done ->
                found.isEmpty() ? new NewestTwo() : decoded(device, Map.of(device, found.get(0))));
  }

  /** A cell that can't be read counts as none: the next readings fill it. */
  private NewestTwo decoded(long device, Map<Long, ByteBuffer> cells) {
    try {
      return NewestTwo.of(cells.get(device).duplicate());
    } catch (Cells.Unreadable damage) {
      found(device, damage);
      return new NewestTwo();
    }
  }

  private void found(long device, Cells.Unreadable damage) {
    damages.found("what is newest of device " + device, damage);
  }

  /** The newest of the devices, what is pending included. */
  Future<Map<DeviceId, Map<SensorId, Latest>>> latest(
      Collection<DeviceId> devices, Map<Long, Collection<Row>> pending) {
    List<Long> numbers = devices.stream().map(DeviceId::value).distinct().toList();
    return cellsOfMany(numbers)
        .map(
            cells -> {
              Map<DeviceId, Map<SensorId, Latest>> all = new HashMap<>();
              for (long device : numbers)
                all.put(new DeviceId(device), with(pending, device, cells).toLatest());
              return all;
            });
  }

  private NewestTwo with(
      Map<Long, Collection<Row>> pending, long device, Map<Long, ByteBuffer> cells) {
    NewestTwo newest = decoded(device, cells);
    pending.getOrDefault(device, List.of()).forEach(newest::offer);
    return newest;
  }

  /** A row for each device; any thread may make them. */
  LatestRows rows(
      List<DeviceId> devices,
      List<SensorId> sensors,
      Map<Long, ByteBuffer> cells,
      Map<Long, Collection<Row>> pending) {
    LatestRows rows = new LatestRows(devices.size());
    int row = 0;
    for (DeviceId each : devices) {
      long device = each.value();
      try {
        if (pending.containsKey(device))
          rows.put(row, sensors, with(pending, device, cells).toLatest());
        else NewestTwo.put(cells.get(device), rows, row, sensors);
      } catch (Cells.Unreadable damage) {
        found(device, damage);
      }
      row++;
    }
    return rows;
  }

  /** The cells of few devices. */
  private Future<Map<Long, ByteBuffer>> cells(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new HashMap<>();
    return ask(unknown(devices, found), found);
  }

  /** The cells of any number of devices, to be left as they are. */
  Future<Map<Long, ByteBuffer>> cellsOf(List<DeviceId> devices) {
    return cellsOfMany(devices.stream().map(DeviceId::value).toList());
  }

  private Future<Map<Long, ByteBuffer>> cellsOfMany(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new HashMap<>();
    List<Long> missing = unknown(devices, found);
    if (missing.size() <= FEW) return ask(missing, found);
    return scanned()
        .compose(
            all -> {
              List<Long> left = new ArrayList<>();
              for (Long device : missing) {
                ByteBuffer cell = known.getOrDefault(device, all.cells.get(device));
                if (cell != null) found.put(device, cell);
                else if (all.whole) found.put(device, NOTHING);
                else left.add(device);
              }
              return ask(left, found);
            });
  }

  private List<Long> unknown(Collection<Long> devices, Map<Long, ByteBuffer> found) {
    List<Long> missing = new ArrayList<>();
    for (Long device : devices) {
      ByteBuffer cell = known.get(device);
      if (cell == null) missing.add(device);
      else found.put(device, cell);
    }
    return missing;
  }

  private Future<Map<Long, ByteBuffer>> ask(List<Long> devices, Map<Long, ByteBuffer> found) {
    Iterator<Long> left = devices.iterator();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < CassandraSession.WIDTH && left.hasNext(); i++)
      lanes.add(askNext(left, found));
    return Future.all(lanes).map(found);
  }

  private Future<Void> askNext(Iterator<Long> left, Map<Long, ByteBuffer> found) {
    List<Long> some = new ArrayList<>(AT_ONCE);
    while (left.hasNext() && some.size() < AT_ONCE) some.add(left.next());
    if (some.isEmpty()) return Future.succeededFuture();
    Map<Long, ByteBuffer> rows = new ConcurrentHashMap<>();
    return session
        .each(
            session.bind(Cql.SELECT_NEWEST_OF, some),
            row -> rows.put(row.getLong(0), row.getByteBuffer(1)))
        .compose(
            done -> {
              for (Long device : some) {
                // What was written meanwhile is newer than what was read.
                ByteBuffer now = known.getOrDefault(device, rows.getOrDefault(device, NOTHING));
                keep(device, now);
                found.put(device, now);
              }
              return askNext(left, found);
            });
  }

  /** One at a time: who comes while it runs waits for the same. */
  private Future<Scan> scanned() {
    if (scan.isPresent() && !scan.get().isComplete()) return scan.get();
    Map<Long, ByteBuffer> cells = new ConcurrentHashMap<>();
    Future<Scan> running =
        session
            .until(
                session.bind(Cql.SCAN_NEWEST),
                row -> {
                  if (cells.size() >= most) return false;
                  cells.put(row.getLong(0), row.getByteBuffer(1));
                  return true;
                })
            .map(
                done -> {
                  cells.forEach((device, cell) -> known.putIfAbsent(device, cell));
                  shrink();
                  return new Scan(cells, cells.size() < most);
                });
    scan = Optional.of(running);
    return running.onComplete(done -> scan = Optional.empty());
  }

  private void keep(long device, ByteBuffer cell) {
    known.put(device, cell);
    shrink();
  }

  private void shrink() {
    Iterator<Long> oldest = known.keySet().iterator();
    while (known.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  int size() {
    return known.size();
  }
}
