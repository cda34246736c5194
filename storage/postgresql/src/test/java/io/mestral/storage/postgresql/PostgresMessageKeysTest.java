package io.mestral.storage.postgresql;

import io.mestral.storage.MessageKeysContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresMessageKeysTest extends MessageKeysContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
