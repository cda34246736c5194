package io.mestral.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.Metadata;
import io.mestral.storage.SearchContract;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Dialect;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSearchTest extends SearchContract {
  @TempDir Path folder;

  @Override
  protected Metadata open(Vertx vertx) {
    return EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
  }

  @Test
  void whenADeviceWasHeardIsFoundByAnIndex() throws Exception {
    String heard = Dialect.SQLITE.pairs("$1", "heard_id", "heard_at");
    String sql = "SELECT id FROM devices LEFT JOIN (" + heard + ") AS heard ON heard_id = id";
    try (SqliteSession session = SqliteSession.reading(folder.resolve("metadata.db"))) {
      assertThat(session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail"), "[[1,2]]"))
          .anyMatch(line -> line.contains("AUTOMATIC"));
    }
  }
}
