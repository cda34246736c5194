package io.mestral.storage.postgresql;

import io.mestral.storage.DeviceNoticesContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresDeviceNoticesTest extends DeviceNoticesContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
