package io.mestral.storage.postgresql;

import io.mestral.storage.EntityRegistryContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresEntityRegistryTest extends EntityRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
