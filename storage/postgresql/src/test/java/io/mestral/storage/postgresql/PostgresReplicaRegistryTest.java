package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.ReplicaRegistryContract;
import io.vertx.core.Vertx;

class PostgresReplicaRegistryTest extends ReplicaRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
