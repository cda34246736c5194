package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.PasswordResetsContract;
import io.vertx.core.Vertx;

class PostgresPasswordResetsTest extends PasswordResetsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
