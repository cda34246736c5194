package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest readings of devices: a row each in the cluster, and those asked for or written last in
 * memory, as the bytes of their cells. Used on one context.
 */
final class Newest {
  /** Beyond so many at once, reading them all costs less than asking for each. */
  private static final int FEW = 2000;

  private static final int ENTRY_BYTES = 700;
  private static final int SHARE_OF_HEAP = 16;
  private static final ByteBuffer NOTHING = new NewestTwo().toCell();

  private final CassandraSession session;
  private final Damages damages;
  private final int most;
  private final LinkedHashMap<Long, ByteBuffer> known = new LinkedHashMap<>(16, 0.75f, true);
  private Future<Void> scan = Future.succeededFuture();

  Newest(CassandraSession session, long heap, Damages damages) {
    this.session = session;
    this.damages = damages;
    most = (int) Math.max(1000, Math.min(5_000_000, heap / SHARE_OF_HEAP / ENTRY_BYTES));
  }

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
      damages.found("what is newest of device " + device, damage);
      return new NewestTwo();
    }
  }

  /** The newest of the devices, what is pending included. */
  Future<Map<DeviceId, Map<SensorId, Latest>>> latest(
      Collection<DeviceId> devices, Map<Long, Collection<Row>> pending) {
    List<Long> numbers = devices.stream().map(DeviceId::value).distinct().toList();
    return cells(numbers)
        .map(
            cells -> {
              Map<DeviceId, Map<SensorId, Latest>> all = new HashMap<>();
              for (long device : numbers) {
                NewestTwo newest = decoded(device, cells);
                pending.getOrDefault(device, List.of()).forEach(newest::offer);
                all.put(new DeviceId(device), newest.toLatest());
              }
              return all;
            });
  }

  private Future<Map<Long, ByteBuffer>> cells(Collection<Long> devices) {
    Map<Long, ByteBuffer> found = new HashMap<>();
    List<Long> missing = new ArrayList<>();
    for (Long device : devices) {
      ByteBuffer cell = known.get(device);
      if (cell == null) missing.add(device);
      else found.put(device, cell);
    }
    if (missing.isEmpty()) return Future.succeededFuture(found);
    if (missing.size() > FEW && missing.size() < most / 2)
      return scanned().compose(done -> ask(without(missing, found), found));
    return ask(missing, found);
  }

  private List<Long> without(List<Long> missing, Map<Long, ByteBuffer> found) {
    List<Long> left = new ArrayList<>();
    for (Long device : missing) {
      ByteBuffer cell = known.get(device);
      if (cell == null) left.add(device);
      else found.put(device, cell);
    }
    return left;
  }

  private Future<Map<Long, ByteBuffer>> ask(List<Long> devices, Map<Long, ByteBuffer> found) {
    Iterator<Long> left = devices.iterator();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < Math.min(CassandraSession.WIDTH, devices.size()); i++)
      lanes.add(askNext(left, found));
    return Future.all(lanes).map(found);
  }

  private Future<Void> askNext(Iterator<Long> left, Map<Long, ByteBuffer> found) {
    if (!left.hasNext()) return Future.succeededFuture();
    long device = left.next();
    Map<Long, ByteBuffer> row = new ConcurrentHashMap<>();
    return session
        .each(
            session.bind(Cql.SELECT_NEWEST, device), cell -> row.put(device, cell.getByteBuffer(0)))
        .compose(
            done -> {
              // What was written meanwhile is newer than what was read.
              ByteBuffer now = known.getOrDefault(device, row.getOrDefault(device, NOTHING));
              keep(device, now);
              found.put(device, now);
              return askNext(left, found);
            });
  }

  /** One at a time: who comes while it runs waits for the same. */
  private Future<Void> scanned() {
    if (!scan.isComplete()) return scan;
    Map<Long, ByteBuffer> rows = new ConcurrentHashMap<>();
    scan =
        session
            .until(
                session.bind(Cql.SCAN_NEWEST),
                row -> {
                  rows.put(row.getLong(0), row.getByteBuffer(1));
                  return rows.size() < most;
                })
            .onSuccess(done -> rows.forEach((device, cell) -> known.putIfAbsent(device, cell)))
            .onSuccess(done -> shrink());
    return scan;
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
