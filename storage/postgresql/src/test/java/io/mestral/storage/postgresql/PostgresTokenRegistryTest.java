package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.TokenRegistryContract;
import io.vertx.core.Vertx;

class PostgresTokenRegistryTest extends TokenRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
