package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.DeviceTokenEnds;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

final class SqlDeviceTokenEnds implements DeviceTokenEnds {
  private static final String SET =
      """
      INSERT INTO device_token_ends (hash, device_id, ends_at) VALUES ($1, $2, $3)
      ON CONFLICT (hash) DO UPDATE SET device_id = excluded.device_id, ends_at = excluded.ends_at
      """;
  private static final String SELECT = "SELECT hash, device_id, ends_at FROM device_token_ends ";
  private static final String FIND = SELECT + "WHERE hash = $1";
  private static final String OF_DEVICE = SELECT + "WHERE device_id = $1";
  private static final String FORGET = "DELETE FROM device_token_ends WHERE device_id = $1";
  private static final String SWEEP =
      """
      DELETE FROM device_token_ends
      WHERE ends_at < $1
        AND NOT EXISTS (SELECT 1 FROM devices WHERE token_hash = device_token_ends.hash)
      """;

  private final Engine engine;
  private final String ofDevices;

  SqlDeviceTokenEnds(Engine engine) {
    this.engine = engine;
    ofDevices = SELECT + "WHERE " + engine.dialect().among("device_id", "$1");
  }

  @Override
  public Future<Void> set(DeviceTokenEnd end) {
    return engine
        .writeAlone(
            end.device().value(),
            session -> session.change(SET, end.hash(), end.device().value(), end.endsAt()))
        .mapEmpty();
  }

  @Override
  public Future<Optional<DeviceTokenEnd>> find(String hash) {
    return engine.read(session -> session.first(FIND, SqlDeviceTokenEnds::read, hash));
  }

  @Override
  public Future<List<DeviceTokenEnd>> ofDevice(DeviceId device) {
    return engine.read(
        session -> session.list(OF_DEVICE, SqlDeviceTokenEnds::read, device.value()));
  }

  @Override
  public Future<List<DeviceTokenEnd>> ofDevices(Collection<DeviceId> devices) {
    Many wanted = Many.ids(devices, DeviceId::value);
    return engine.read(session -> session.list(ofDevices, SqlDeviceTokenEnds::read, wanted));
  }

  @Override
  public Future<Void> forget(DeviceId device) {
    return engine
        .writeAlone(device.value(), session -> session.change(FORGET, device.value()))
        .mapEmpty();
  }

  @Override
  public Future<Void> sweep(Instant before) {
    return engine.writeAlone(0, session -> session.change(SWEEP, before)).mapEmpty();
  }

  private static DeviceTokenEnd read(Row row) {
    return new DeviceTokenEnd(
        row.text("hash"), new DeviceId(row.number("device_id")), row.time("ends_at"));
  }
}
