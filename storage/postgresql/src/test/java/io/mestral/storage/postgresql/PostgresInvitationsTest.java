package io.mestral.storage.postgresql;

import io.mestral.storage.InvitationsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresInvitationsTest extends InvitationsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
