package io.mestral.storage.postgresql;

import io.mestral.storage.CsvUploadsContract;
import io.mestral.storage.Metadata;
import io.vertx.core.Vertx;

class PostgresCsvUploadsTest extends CsvUploadsContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
