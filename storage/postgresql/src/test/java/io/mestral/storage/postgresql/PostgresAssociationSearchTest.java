package io.mestral.storage.postgresql;

import io.mestral.storage.AssociationSearchContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAssociationSearchTest extends AssociationSearchContract {
  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
