package io.mestral.storage.postgresql;

import io.mestral.storage.DeparturesContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresDeparturesTest extends DeparturesContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
