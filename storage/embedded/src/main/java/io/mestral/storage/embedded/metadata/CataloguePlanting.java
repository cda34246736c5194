package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.metadata.ShippedCatalogue;
import io.mestral.storage.sql.metadata.ShippedCatalogue.Filling;
import java.sql.SQLException;

/** Fills the catalogue of a file that has just had its first step. */
final class CataloguePlanting {
  private CataloguePlanting() {}

  static void plant(SqliteSession session) throws SQLException {
    for (Filling filling : ShippedCatalogue.fillings())
      for (Object[] line : filling.lines()) session.change(filling.insert(), line);
  }
}
