package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Device;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Visibility;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;

/**
 * Pages of the devices a viewer may see. The ids of a page come from indexes alone, two sorted runs
 * merged where private devices are among them; only the page's own rows are read.
 */
final class DeviceListing {
  private static final String PUBLIC_RUN =
      "SELECT id FROM devices WHERE is_private = FALSE AND workflow_state = 'active'";
  private static final String ALL_RUNS =
      PUBLIC_RUN
          + " UNION ALL SELECT id FROM devices"
          + " WHERE is_private = TRUE AND workflow_state = 'active'";
  private static final String OWN_RUNS =
      PUBLIC_RUN
          + " UNION ALL SELECT id FROM devices"
          + " WHERE owner_id = $1 AND is_private = TRUE AND workflow_state = 'active'";

  /** Of all devices, private ones too. */
  static final String IDS = ALL_RUNS + " ORDER BY id";

  private static final String PUBLIC_PAGE = pageOf(PUBLIC_RUN, "$1", "$2");
  private static final String ALL_PAGE = pageOf(ALL_RUNS, "$1", "$2");
  private static final String OWN_PAGE = pageOf(OWN_RUNS, "$2", "$3");
  private static final String PUBLIC_COUNT = countOf(PUBLIC_RUN);
  private static final String ALL_COUNT = countOf(ALL_RUNS);
  private static final String OWN_COUNT = countOf(OWN_RUNS);

  private final Engine engine;

  DeviceListing(Engine engine) {
    this.engine = engine;
  }

  Future<Page<Device>> page(Visibility visibility, Paging paging) {
    if (visibility.all()) return page(ALL_PAGE, ALL_COUNT, paging);
    return visibility
        .owner()
        .map(owner -> page(OWN_PAGE, OWN_COUNT, paging, owner.value()))
        .orElseGet(() -> page(PUBLIC_PAGE, PUBLIC_COUNT, paging));
  }

  private Future<Page<Device>> page(String page, String count, Paging paging, Object... viewer) {
    Object[] limits = {(long) paging.size(), paging.offset()};
    return engine.read(
        session ->
            session
                .list(page, DeviceRow::read, Arguments.of(limits, viewer))
                .compose(
                    devices ->
                        session.number(count, viewer).map(total -> new Page<>(devices, total))));
  }

  private static String pageOf(String runs, String limit, String offset) {
    return "SELECT "
        + DeviceRow.ALL
        + " FROM ("
        + runs
        + " ORDER BY id LIMIT "
        + limit
        + " OFFSET "
        + offset
        + ") AS seen JOIN devices USING (id) ORDER BY seen.id";
  }

  private static String countOf(String runs) {
    return "SELECT count(*) AS n FROM (" + runs + ") AS every";
  }
}
