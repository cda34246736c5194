package io.mestral.storage.embedded.metadata;

import io.mestral.storage.Metadata;
import io.mestral.storage.ReplicaRegistryContract;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteReplicaRegistryTest extends ReplicaRegistryContract {
  @TempDir Path folder;

  @Override
  protected Metadata open(Vertx vertx) {
    return EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
  }
}
