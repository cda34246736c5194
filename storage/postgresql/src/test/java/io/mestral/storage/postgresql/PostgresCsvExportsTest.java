package io.mestral.storage.postgresql;

import io.mestral.storage.CsvExportsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresCsvExportsTest extends CsvExportsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
