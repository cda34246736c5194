package io.mestral.storage.postgresql;

import io.mestral.storage.Metadata;
import io.mestral.storage.postgresql.schema.Schema;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test's own database, as it is after a first start; it goes with the test. */
final class FreshDatabase implements AfterEachCallback {
  private Optional<TestDatabase> database = Optional.empty();

  Metadata open(Vertx vertx) {
    if (database.isEmpty()) database = Optional.of(TestPostgres.shared().copyOf(Begun.DATABASE));
    return PostgresMetadata.open(vertx, database.get().options());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    database.ifPresent(TestDatabase::drop);
  }

  TestDatabase database() {
    return database.orElseThrow();
  }

  /** Copied for each test: that takes less time than the steps. */
  private static final class Begun {
    static final TestDatabase DATABASE = TestPostgres.shared().emptyDatabase();

    static {
      new Schema(DATABASE.options()).bringUpToDate();
    }
  }
}
