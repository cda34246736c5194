package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.PicturesContract;
import io.vertx.core.Vertx;

class PostgresPicturesTest extends PicturesContract {
  private final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }
}
