package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.storage.sql.Dialect;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Work;
import io.vertx.core.Future;

/**
 * A SQLite database as registries ask it. Its one writing thread keeps the order of all writes,
 * whatever they are about; a single statement is a unit like any other.
 */
public final class SqliteEngine implements Engine {
  private final Database database;

  /** Asks a database. */
  public SqliteEngine(Database database) {
    this.database = database;
  }

  @Override
  public <T> Future<T> read(Work<T> work) {
    return database.read(session -> UnitSession.run(work, session));
  }

  @Override
  public <T> Future<T> write(long thing, Work<T> work) {
    return database.write(session -> UnitSession.run(work, session));
  }

  @Override
  public <T> Future<T> writeAlone(long thing, Work<T> work) {
    return write(thing, work);
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }
}
