package io.mestral.storage.postgresql;

import io.mestral.storage.InventoryReportsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresInventoryReportsTest extends InventoryReportsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
