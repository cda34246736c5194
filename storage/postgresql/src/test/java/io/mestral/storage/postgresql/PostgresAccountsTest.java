package io.mestral.storage.postgresql;

import io.mestral.storage.AccountsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresAccountsTest extends AccountsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
