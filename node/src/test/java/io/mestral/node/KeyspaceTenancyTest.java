package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.CassandraOptions;
import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.node.moving.MoveBroken;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.Settled;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.cassandra.CassandraServer;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A move that finds something in a real keyspace, or nothing. */
@Timeout(120)
class KeyspaceTenancyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
  private static final Optional<String> NOTHING = Optional.empty();
  private static final Optional<String> SOMETHING = Optional.of("readings of 3 devices");

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void whatIsThereIsThisMovesOrItIsLeftAlone() {
    StorageOptions options =
        new StorageOptions(temp, Optional.empty(), 5000, 64 << 20, Retention.FOREVER);
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx,
            temp.resolve("journal"),
            JournalOptions.from(options),
            new SimpleMeterRegistry());
    MovableReadings store =
        Settled.value(
            CassandraReadingStore.open(
                new CassandraReadingStore.Ground(
                    vertx,
                    journal,
                    5000,
                    Retention.FOREVER,
                    new SimpleMeterRegistry(),
                    Clock.systemUTC()),
                CassandraOptions.of(CassandraServer.shared().url("tenancy")),
                Optional.of("one")));
    try {
      enter(store, "one", NOTHING);
      enter(store, "one", SOMETHING);
      assertThatThrownBy(() -> enter(store, "other", NOTHING))
          .isInstanceOf(MoveBroken.class)
          .hasMessageContaining("the place is being filled by the move of another node or folder");
      KeyspaceTenancy.leave(store, "other");
      enter(store, "one", SOMETHING);
      KeyspaceTenancy.leave(store, "one");
      assertThatThrownBy(() -> enter(store, "one", SOMETHING))
          .isInstanceOf(MoveBroken.class)
          .hasMessageContaining("the place has readings of 3 devices, and nothing there says that");
      enter(store, "other", NOTHING);
      assertThat(Settled.value(((CassandraReadingStore) store).claim().holder())).hasValue("other");
      KeyspaceTenancy.leave(store, "other");
    } finally {
      Settled.value(store.close());
      Settled.value(journal.close());
    }
  }

  private static void enter(MovableReadings store, String id, Optional<String> content) {
    KeyspaceTenancy.enter(store, id, "the place", content, NOW);
  }
}
