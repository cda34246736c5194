package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

final class SqlDeviceTags implements DeviceTags {
  private static final String REMOVE = "DELETE FROM tags WHERE id = $1";
  private static final String HAVING = "SELECT device_id FROM device_tags WHERE tag_id = $1";
  private static final String CLEAR = "DELETE FROM device_tags WHERE device_id = $1";

  private final Engine engine;
  private final TagTable table;
  private final String ofDevices;
  private final String give;

  SqlDeviceTags(Engine engine) {
    this.engine = engine;
    this.table = new TagTable("tags", engine.dialect().toChange());
    ofDevices =
        "SELECT device_id, tags.* FROM device_tags JOIN tags ON tags.id = tag_id WHERE "
            + engine.dialect().among("device_id", "$1");
    give =
        "INSERT INTO device_tags (device_id, tag_id)"
            + " SELECT CAST($1 AS BIGINT), id FROM tags WHERE "
            + engine.dialect().among("id", "$2");
  }

  @Override
  public Future<List<Tag>> all() {
    return engine.read(table::all);
  }

  @Override
  public Future<Tag> add(Tag draft) {
    return engine.writeAlone(draft.uuid().hashCode(), session -> table.add(session, draft));
  }

  @Override
  public Future<Tag> update(long id, UnaryOperator<Tag> change) {
    return engine.write(
        id,
        session ->
            table
                .find(session, id)
                .map(found -> change.apply(found.orElseThrow(Missing.of("tag", id))))
                .compose(changed -> table.put(session, id, changed)));
  }

  @Override
  public Future<Void> remove(long id) {
    return engine.writeAlone(id, session -> session.change(REMOVE, id)).mapEmpty();
  }

  @Override
  public Future<Map<DeviceId, List<Tag>>> of(Collection<DeviceId> devices) {
    Many wanted = Many.ids(devices, DeviceId::value);
    return engine
        .read(session -> session.list(ofDevices, Given::read, wanted))
        .map(
            all -> {
              Map<DeviceId, List<Tag>> found = new HashMap<>();
              for (Given one : all)
                found.computeIfAbsent(one.device(), none -> new ArrayList<>()).add(one.tag());
              found.values().forEach(tags -> tags.sort(TagTable.BY_NAME));
              return found;
            });
  }

  @Override
  public Future<List<DeviceId>> having(long tag) {
    return engine.read(
        session -> session.list(HAVING, row -> new DeviceId(row.number("device_id")), tag));
  }

  @Override
  public Future<Void> replace(DeviceId device, Collection<Long> tags) {
    Many wanted = Many.ids(tags, Long::longValue);
    return engine
        .write(
            device.value(),
            session ->
                session
                    .change(CLEAR, device.value())
                    .compose(cleared -> session.change(give, device.value(), wanted)))
        .mapEmpty();
  }

  private record Given(DeviceId device, Tag tag) {
    static Given read(Row row) {
      return new Given(new DeviceId(row.number("device_id")), TagTable.read(row));
    }
  }
}
