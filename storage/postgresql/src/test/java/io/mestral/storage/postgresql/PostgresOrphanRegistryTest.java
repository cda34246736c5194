package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.Network;
import io.mestral.storage.OrphanRegistryContract;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresOrphanRegistryTest extends OrphanRegistryContract {
  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }

  @Override
  protected void addMany(int howMany, Network from) {
    fresh
        .database()
        .execute(
            """
            INSERT INTO orphans (session, token_hash, token_cipher, handshake, created_at,
              updated_at, network)
            SELECT gen_random_uuid(), 'many ' || n, '', FALSE, '%1$s', '%1$s', '%2$s'
            FROM generate_series(1, %3$d) AS n
            """
                .formatted(NOON, from.key(), howMany));
  }
}
