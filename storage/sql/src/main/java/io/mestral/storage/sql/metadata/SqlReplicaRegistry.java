package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.replica.ReplicaChange;
import io.mestral.storage.replica.ReplicaEffect;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaRegistry;
import io.mestral.storage.replica.ReplicaStanding;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

final class SqlReplicaRegistry implements ReplicaRegistry {
  private static final String STANDING =
      "SELECT number, signed_by, token_key FROM replica_standing WHERE one = 1";
  private static final String TAGS = "SELECT kind, name, tag FROM replica_records";
  private static final String BODIES = "SELECT kind, name, body FROM replica_records";
  private static final String HOLDER =
      "SELECT user_id, token_ends FROM replica_users WHERE token_hash = $1";
  private static final String UNTOLD =
      "SELECT "
          + DeviceRow.ALL.replaceAll("\\bupdated_at\\b", "devices.updated_at")
          + """
           FROM devices LEFT JOIN replica_devices AS told ON told.device_id = devices.id
          WHERE workflow_state = 'active'
            AND (told.device_id IS NULL OR told.updated_at < devices.updated_at)
          ORDER BY devices.id
          """;
  private static final String ARCHIVED_HERE =
      """
      SELECT uuid FROM replica_devices AS told JOIN devices ON devices.id = told.device_id
      WHERE workflow_state = 'archived'
      """;

  private final Engine engine;
  private final ReplicaWriter writer;
  private final DeviceNumbers numbers;

  SqlReplicaRegistry(Engine engine, SqlDeviceRegistry devices) {
    this.engine = engine;
    this.numbers = new DeviceNumbers(engine.dialect());
    this.writer = new ReplicaWriter(devices, numbers);
  }

  @Override
  public Future<Optional<ReplicaStanding>> standing() {
    return engine.read(
        session ->
            session.first(
                STANDING,
                row ->
                    new ReplicaStanding(
                        row.number("number"),
                        row.text("signed_by"),
                        new SealedToken("", row.bytes("token_key")))));
  }

  @Override
  public Future<Map<ReplicaName, String>> tags() {
    return all(TAGS, row -> row.text("tag"));
  }

  @Override
  public Future<Map<ReplicaName, String>> bodies() {
    return all(BODIES, row -> row.text("body"));
  }

  private Future<Map<ReplicaName, String>> all(String sql, Function<Row, String> value) {
    return engine
        .read(session -> session.list(sql, row -> Map.entry(name(row), value.apply(row))))
        .map(
            found -> {
              Map<ReplicaName, String> all = new HashMap<>();
              found.forEach(one -> all.put(one.getKey(), one.getValue()));
              return all;
            });
  }

  private static ReplicaName name(Row row) {
    return new ReplicaName(row.text("kind"), row.text("name"));
  }

  @Override
  public Future<ReplicaEffect> apply(ReplicaChange change) {
    return engine.write(0, session -> writer.apply(session, change));
  }

  @Override
  public Future<Optional<Holder>> holderOf(String sharedHash) {
    return engine.read(
        session ->
            session.first(
                HOLDER,
                row ->
                    new Holder(new UserId(row.number("user_id")), row.optionalTime("token_ends")),
                sharedHash));
  }

  @Override
  public Future<List<Device>> untold() {
    return engine.read(session -> session.list(UNTOLD, DeviceRow::read));
  }

  @Override
  public Future<List<UUID>> archivedHere() {
    return engine.read(session -> session.list(ARCHIVED_HERE, row -> row.uuid("uuid")));
  }

  @Override
  public Future<Optional<Long>> numbersLeft() {
    return engine.read(numbers::left);
  }

  @Override
  public Future<List<NumberRange>> givenTo(String edge) {
    return engine.read(session -> numbers.given(session, edge));
  }

  @Override
  public Future<List<NumberRange>> give(String edge, int count) {
    return engine.write(0, session -> numbers.give(session, edge, count));
  }
}
