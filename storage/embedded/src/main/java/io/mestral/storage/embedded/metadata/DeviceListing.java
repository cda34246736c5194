package io.mestral.storage.embedded.metadata;

import io.mestral.model.platform.Device;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Visibility;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.sql.SQLException;
import java.util.List;

/**
 * Pages of the devices a viewer may see. The ids of a page come from indexes alone, two sorted runs
 * merged where private devices are among them; only the page's own rows are read.
 */
final class DeviceListing {
  private static final String PUBLIC_RUN =
      "SELECT id FROM devices WHERE is_private = 0 AND workflow_state = 'active'";
  private static final String PRIVATE_RUN =
      "SELECT id FROM devices WHERE is_private = 1 AND workflow_state = 'active'";
  private static final String OWN_PRIVATE_RUN =
      """
      SELECT id FROM devices
      WHERE owner_id = ? AND is_private = 1 AND workflow_state = 'active'
      """;
  private static final String BEGIN_PAGE = "SELECT devices.* FROM (";
  private static final String END_PAGE =
      " ORDER BY id LIMIT ? OFFSET ?) AS seen JOIN devices ON devices.id = seen.id ORDER BY seen.id";
  private static final String BEGIN_COUNT = "SELECT count(*) AS n FROM (";
  private static final String AND = " UNION ALL ";

  private static final String PUBLIC_PAGE = BEGIN_PAGE + PUBLIC_RUN + END_PAGE;
  private static final String ALL_PAGE = BEGIN_PAGE + PUBLIC_RUN + AND + PRIVATE_RUN + END_PAGE;
  private static final String OWN_PAGE = BEGIN_PAGE + PUBLIC_RUN + AND + OWN_PRIVATE_RUN + END_PAGE;
  private static final String PUBLIC_COUNT = BEGIN_COUNT + PUBLIC_RUN + ")";
  private static final String ALL_COUNT = BEGIN_COUNT + PUBLIC_RUN + AND + PRIVATE_RUN + ")";
  private static final String OWN_COUNT = BEGIN_COUNT + PUBLIC_RUN + AND + OWN_PRIVATE_RUN + ")";

  Page<Device> page(SqliteSession session, Visibility visibility, Paging paging)
      throws SQLException {
    long offset = paging.offset();
    if (visibility.all())
      return new Page<>(
          devices(session, ALL_PAGE, paging.size(), offset), session.number(ALL_COUNT));
    if (visibility.owner().isEmpty())
      return new Page<>(
          devices(session, PUBLIC_PAGE, paging.size(), offset), session.number(PUBLIC_COUNT));
    long owner = visibility.owner().get().value();
    return new Page<>(
        devices(session, OWN_PAGE, owner, paging.size(), offset), session.number(OWN_COUNT, owner));
  }

  private static List<Device> devices(SqliteSession session, String sql, Object... arguments)
      throws SQLException {
    return session.list(sql, DeviceRow::read, arguments);
  }
}
