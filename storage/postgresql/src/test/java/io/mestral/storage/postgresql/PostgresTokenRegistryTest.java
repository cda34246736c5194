package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.TokenRegistryContract;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTokenRegistryTest extends TokenRegistryContract {
  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
