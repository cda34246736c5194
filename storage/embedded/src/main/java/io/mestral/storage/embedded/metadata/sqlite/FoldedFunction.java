package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.Function;

/** The SQL function {@code folded}: a text in small letters; SQLite's own knows those of ASCII. */
final class FoldedFunction extends Function {
  private static final String NAME = "folded";

  /** Makes it known to a connection. */
  static void addTo(Connection connection) throws SQLException {
    Function.create(connection, NAME, new FoldedFunction(), 1, Function.FLAG_DETERMINISTIC);
  }

  @Override
  protected void xFunc() throws SQLException {
    String text = value_text(0);
    if (text == null) result();
    else result(text.toLowerCase(Locale.ROOT));
  }
}
