package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Copies of the metadata outside the data folder. */
public final class MetadataCopy {
  private static final String INTEGRITY = "PRAGMA integrity_check(1)";

  private MetadataCopy() {}

  /** What is wrong with a file that nobody changes; nothing is made beside it. */
  public static Optional<String> problemOf(Path copy) {
    try (SqliteSession session = SqliteSession.untouching(copy)) {
      String verdict =
          session.first(INTEGRITY, row -> row.text("integrity_check")).orElse("no answer");
      if (!verdict.equals("ok")) return Optional.of(verdict);
      session.number("SELECT count(*) AS n FROM schema_steps");
      return Optional.empty();
    } catch (SQLException failure) {
      return Optional.of(failure.getMessage());
    }
  }
}
