package io.mestral.storage.postgresql;

import io.mestral.storage.ComponentsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresComponentsTest extends ComponentsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
