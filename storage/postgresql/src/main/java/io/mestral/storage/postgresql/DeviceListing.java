package io.mestral.storage.postgresql;

import io.mestral.model.platform.Device;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Visibility;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;

/**
 * Pages of the devices a viewer may see. The ids of a page come from indexes alone, two sorted runs
 * merged where private devices are among them; only the page's own rows are read. Page and number
 * are of the same moment: one statement gives both, and a row without a device for an empty page.
 */
final class DeviceListing {
  private static final String PUBLIC_RUN =
      "SELECT id FROM devices WHERE NOT is_private AND workflow_state = 'active'";
  private static final String ALL_RUNS =
      PUBLIC_RUN
          + " UNION ALL SELECT id FROM devices WHERE is_private AND workflow_state = 'active'";
  private static final String OWN_RUNS =
      PUBLIC_RUN
          + " UNION ALL SELECT id FROM devices"
          + " WHERE owner_id = $3 AND is_private AND workflow_state = 'active'";

  private static final String PUBLIC = pageOf(PUBLIC_RUN);
  private static final String ALL = pageOf(ALL_RUNS);
  private static final String OWN = pageOf(OWN_RUNS);

  private final Server server;

  DeviceListing(Server server) {
    this.server = server;
  }

  Future<Page<Device>> page(Visibility visibility, Paging paging) {
    if (visibility.all()) return page(ALL, paging.size(), paging.offset());
    return visibility
        .owner()
        .map(owner -> page(OWN, paging.size(), paging.offset(), owner.value()))
        .orElseGet(() -> page(PUBLIC, paging.size(), paging.offset()));
  }

  private Future<Page<Device>> page(String sql, long size, long offset, Long... owner) {
    Object[] arguments =
        owner.length == 0 ? new Object[] {size, offset} : new Object[] {size, offset, owner[0]};
    return server
        .read(session -> session.list(sql, Line::read, arguments))
        .map(
            lines -> {
              List<Device> devices =
                  lines.stream().flatMap(line -> line.device().stream()).toList();
              return new Page<>(devices, lines.get(0).total());
            });
  }

  private static String pageOf(String runs) {
    return "SELECT counted.total, page.* FROM (SELECT count(*) AS total FROM ("
        + runs
        + ") AS every) AS counted LEFT JOIN (SELECT "
        + DeviceRow.ALL
        + " FROM devices JOIN ("
        + runs
        + " ORDER BY id LIMIT $1 OFFSET $2) AS seen USING (id)) AS page ON TRUE ORDER BY page.id";
  }

  private record Line(long total, List<Device> device) {
    static Line read(Row row) {
      return new Line(
          row.number("total"), row.lacks("id") ? List.of() : List.of(DeviceRow.read(row)));
    }
  }
}
