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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is newest of devices: what the cells say and what is pending. Used on one context. */
final class Newest {
  private final CassandraSession session;
  private final NewestCells cells;
  private final Damages damages;

  Newest(CassandraSession session, NewestCells cells, Damages damages) {
    this.session = session;
    this.cells = cells;
    this.damages = damages;
  }

  /** What rows change, to be known once the cluster has it. */
  record Changes(Map<Long, ByteBuffer> cells) {}

  /** Looks at rows that are about to be written. */
  Future<Changes> follow(List<Row> rows) {
    Set<Long> devices = new HashSet<>();
    for (Row row : rows) devices.add(row.device());
    return cells
        .toBeChanged(devices)
        .map(
            known -> {
              Map<Long, NewestTwo> all = new HashMap<>();
              Set<Long> changed = new HashSet<>();
              for (Row row : rows) {
                NewestTwo newest =
                    all.computeIfAbsent(row.device(), device -> decoded(device, known));
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
    changes.cells.forEach(cells::written);
  }

  private Statement<?> insertion(long device, ByteBuffer cell, long time) {
    return session.bind(Cql.INSERT_NEWEST, device, cell.duplicate(), time);
  }

  /** Puts another truth in the place of the old one. */
  Statement<?> put(long device, NewestTwo newest, long time) {
    ByteBuffer cell = newest.toCell();
    cells.written(device, cell);
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
    return cells
        .of(numbers)
        .map(
            found -> {
              Map<DeviceId, Map<SensorId, Latest>> all = new HashMap<>();
              for (long device : numbers)
                all.put(new DeviceId(device), with(pending, device, found).toLatest());
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

  /** The cells of any number of devices. */
  Future<Map<Long, ByteBuffer>> cellsOf(List<DeviceId> devices) {
    return cells.of(devices.stream().map(DeviceId::value).toList());
  }
}
