package io.mestral.storage.postgresql;

import io.mestral.storage.AuthorizationContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAuthorizationTest extends AuthorizationContract {
  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
