package io.mestral.storage.postgresql;

import io.mestral.storage.AuditLogContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresAuditLogTest extends AuditLogContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
