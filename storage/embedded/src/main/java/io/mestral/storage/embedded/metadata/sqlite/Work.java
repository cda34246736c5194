package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.SQLException;

/** What is to be done with a session, on the thread that owns it. */
@FunctionalInterface
public interface Work<T> {
  /** Runs inside a transaction; whatever it throws undoes what it did and nothing else. */
  T run(SqliteSession session) throws SQLException;
}
