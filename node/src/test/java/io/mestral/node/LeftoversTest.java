package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.CassandraOptions;
import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of the store that a move out of a cluster was filling. */
class LeftoversTest {
  private static final DeviceId MAST = new DeviceId(7);
  private static final SensorId LIGHT = new SensorId(14);
  private static final long SECOND = 1_772_150_400L;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StorageOptions options;
  private EmbeddedJournal journal;

  @BeforeEach
  void open() {
    options = new StorageOptions(folder, Optional.empty(), 5000, 64 << 20, Retention.FOREVER);
    journal =
        EmbeddedJournal.open(
            vertx,
            folder.resolve("journal"),
            JournalOptions.from(options),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    Settled.value(journal.close());
    Settled.value(vertx.close());
  }

  @Test
  void theNewestReadingsAreThoseOfTheBlocksAfterAKillBetweenBoth() throws Exception {
    Path newest = folder.resolve("readings/series.db");
    Path former = folder.resolve("former");
    withStore(store -> append(store, SECOND, 1));
    Files.copy(newest, former);
    withStore(store -> append(store, SECOND + 60, 2));
    Files.move(former, newest, StandardCopyOption.REPLACE_EXISTING);

    Whereabouts.Place cluster =
        Whereabouts.Place.ofReadings(
            Optional.of(CassandraOptions.of("cassandra://10.0.0.1/sense?dc=dc1")));
    Whereabouts whereabouts = Whereabouts.in(folder);
    whereabouts.begin(
        "readings",
        Whereabouts.Move.of(
            cluster, Whereabouts.Place.ofReadings(Optional.empty()), Instant.EPOCH, "1"));
    new Leftovers(folder, journal).clearReadings(cluster, whereabouts);
    withStore(store -> {}); // ends when the newest are collected
    withStore(
        store ->
            assertThat(Settled.value(store.latest(List.of(MAST))).get(MAST).get(LIGHT).value())
                .isEqualTo(2));
  }

  private static void append(EmbeddedReadingStore store, long second, double value) {
    Settled.value(store.append(List.of(new Reading(MAST, LIGHT, second, value))));
  }

  private void withStore(Consumer<EmbeddedReadingStore> task) {
    EmbeddedReadingStore store =
        EmbeddedReadingStore.open(
            vertx, journal, options, new SimpleMeterRegistry(), Clock.systemUTC());
    task.accept(store);
    Settled.value(store.close());
  }
}
