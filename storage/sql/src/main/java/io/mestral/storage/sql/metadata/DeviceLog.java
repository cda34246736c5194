package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** What is known of devices, entry by entry, of which each device keeps its newest. */
final class DeviceLog<T> {
  private final Engine engine;
  private final Entries<T> entries;
  private final long kept;
  private final String add;
  private final String trim;
  private final String newest;

  /**
   * How entries are kept.
   *
   * @param columns those of {@code values}, in that order; {@code device_id} is among them
   */
  record Entries<T>(
      String table,
      List<String> columns,
      Function<T, DeviceId> device,
      Function<T, Object[]> values,
      Function<Row, T> reader) {}

  /**
   * @param kept how many of a device
   */
  DeviceLog(Engine engine, Entries<T> entries, int kept) {
    String table = entries.table();
    this.engine = engine;
    this.entries = entries;
    this.kept = kept;
    add =
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", entries.columns()),
                Arguments.places(entries.columns().size()));
    trim =
        """
        DELETE FROM %1$s WHERE device_id = $1 AND id <= (
          SELECT id FROM %1$s WHERE device_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
        """
            .formatted(table);
    newest =
        """
        SELECT %2$s FROM %1$s
        JOIN devices ON devices.id = %1$s.device_id AND devices.workflow_state = 'active'
        WHERE %1$s.device_id = $1 ORDER BY %1$s.id DESC LIMIT $2
        """
            .formatted(
                table,
                String.join(
                    ", ", entries.columns().stream().map(each -> table + "." + each).toList()));
  }

  /** Keeps entries, and lets go of those that are too many then. */
  Future<Void> add(List<T> some) {
    if (some.isEmpty()) return Future.succeededFuture();
    List<Object[]> lines = some.stream().map(entries.values()).toList();
    List<Long> devices =
        some.stream()
            .map(each -> entries.device().apply(each).value())
            .distinct()
            .sorted()
            .toList();
    return engine.write(
        devices.get(0),
        session -> session.changeAll(add, lines).compose(added -> trim(session, devices)));
  }

  private Future<Void> trim(Session session, List<Long> devices) {
    List<Object[]> lines = devices.stream().map(device -> new Object[] {device, kept}).toList();
    return session.changeAll(trim, lines);
  }

  /** The newest of a device, those first; none of one that is archived. */
  Future<List<T>> of(DeviceId device, int limit) {
    return engine.read(
        session -> session.list(newest, entries.reader(), device.value(), (long) limit));
  }
}
