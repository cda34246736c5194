package io.mestral.storage.postgresql;

import io.mestral.storage.DeviceRegistryContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresDeviceRegistryTest extends DeviceRegistryContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
