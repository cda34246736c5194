package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Postprocessing;
import io.mestral.storage.PostprocessingRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

final class SqlPostprocessingRegistry implements PostprocessingRegistry {
  private static final String COLUMNS =
      "device_id, blueprint_url, hardware_url, forwarding_params, meta, latest_postprocessing,"
          + " created_at, updated_at";
  private static final String SELECT = "SELECT id, " + COLUMNS + " FROM postprocessings WHERE ";
  private static final String FIND = SELECT + "device_id = $1";
  private static final String PUT =
      "INSERT INTO postprocessings ("
          + COLUMNS
          + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
          + """
           ON CONFLICT (device_id) DO UPDATE SET
            blueprint_url = excluded.blueprint_url, hardware_url = excluded.hardware_url,
            forwarding_params = excluded.forwarding_params, meta = excluded.meta,
            latest_postprocessing = excluded.latest_postprocessing,
            updated_at = excluded.updated_at
          RETURNING id,
          """
          + COLUMNS;

  private final Engine engine;
  private final String ofDevices;

  SqlPostprocessingRegistry(Engine engine) {
    this.engine = engine;
    ofDevices = SELECT + engine.dialect().among("device_id", "$1");
  }

  @Override
  public Future<Map<DeviceId, Postprocessing>> of(Collection<DeviceId> devices) {
    Many wanted = Many.ids(devices, DeviceId::value);
    return engine
        .read(session -> session.list(ofDevices, SqlPostprocessingRegistry::read, wanted))
        .map(
            found ->
                found.stream()
                    .collect(Collectors.toMap(Postprocessing::device, Function.identity())));
  }

  /** Two for the same device follow one another, also where there is no row to wait for yet. */
  @Override
  public Future<Postprocessing> put(
      DeviceId device, Function<Optional<Postprocessing>, Postprocessing> change) {
    return engine.write(
        device.value(),
        session ->
            engine
                .dialect()
                .lock(session, "postprocessing of " + device.value())
                .compose(
                    alone -> session.first(FIND, SqlPostprocessingRegistry::read, device.value()))
                .map(change)
                .compose(wanted -> put(session, device, wanted)));
  }

  private static Future<Postprocessing> put(
      Session session, DeviceId device, Postprocessing wanted) {
    return session
        .first(
            PUT,
            SqlPostprocessingRegistry::read,
            device.value(),
            wanted.blueprintUrl(),
            wanted.hardwareUrl(),
            wanted.forwardingParams(),
            wanted.meta(),
            wanted.latest(),
            wanted.createdAt(),
            wanted.updatedAt())
        .map(Optional::orElseThrow);
  }

  private static Postprocessing read(Row row) {
    return new Postprocessing(
        row.number("id"),
        new DeviceId(row.number("device_id")),
        row.optionalText("blueprint_url"),
        row.optionalText("hardware_url"),
        row.optionalText("forwarding_params"),
        row.optionalText("meta"),
        row.optionalTime("latest_postprocessing"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
