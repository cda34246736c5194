package io.mestral.storage.postgresql;

import io.mestral.storage.GatewayRegistryContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresGatewayRegistryTest extends GatewayRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
