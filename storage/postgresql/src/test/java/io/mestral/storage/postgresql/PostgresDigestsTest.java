package io.mestral.storage.postgresql;

import io.mestral.storage.DigestsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresDigestsTest extends DigestsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
