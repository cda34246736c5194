package io.mestral.storage.postgresql;

import io.mestral.storage.MailQueueContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresMailQueueTest extends MailQueueContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
