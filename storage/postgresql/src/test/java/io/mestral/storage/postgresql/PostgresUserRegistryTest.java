package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.UserRegistryContract;
import io.vertx.core.Vertx;

class PostgresUserRegistryTest extends UserRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
