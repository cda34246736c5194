package io.mestral.storage.sql.metadata;

import io.mestral.storage.MovableMetadata;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.sql.Engine;

/** The metadata in the tables of an engine. */
public abstract class SqlMetadata implements MovableMetadata {
  private final UserRegistry users;

  /** The tables are there and up to date. */
  protected SqlMetadata(Engine engine) {
    users = new SqlUserRegistry(engine);
  }

  @Override
  public final UserRegistry users() {
    return users;
  }
}
