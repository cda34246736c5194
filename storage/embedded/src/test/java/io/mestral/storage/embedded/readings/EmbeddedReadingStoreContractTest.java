package io.mestral.storage.embedded.readings;

import io.mestral.storage.ReadingStore;
import io.mestral.storage.ReadingStoreContract;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedReadingStoreContractTest extends ReadingStoreContract {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StoreOnDisk disk;

  @BeforeEach
  void open() {
    disk = StoreOnDisk.open(vertx, folder);
  }

  @AfterEach
  void close() {
    disk.close();
    Settled.value(vertx.close());
  }

  @Override
  protected ReadingStore store() {
    return disk.store;
  }

  @Override
  protected void settle() {
    Settled.value(disk.store.seal());
  }

  @Override
  protected ReadingStore reopened() {
    disk.close();
    open();
    return disk.store;
  }
}
