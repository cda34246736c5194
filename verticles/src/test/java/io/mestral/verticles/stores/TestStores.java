package io.mestral.verticles.stores;

import io.mestral.config.StorageOptions;
import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The stores of a node that keeps everything itself, in a folder that goes away with them. To be
 * closed before the Vert.x they were opened with.
 */
public final class TestStores implements AutoCloseable {
  private static final String NAME = "metadata.db";

  private final Path folder = temporary();
  private final Vertx vertx;
  private final Clock clock;
  private final EmbeddedMetadata metadata;
  private Optional<Readings> readings = Optional.empty();

  /** The readings are what the journal keeps. */
  private record Readings(EmbeddedJournal journal, EmbeddedReadingStore store) {}

  private TestStores(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    metadata = EmbeddedMetadata.open(vertx, planted(folder), clock);
  }

  /** Opens stores that hold the shipped catalogue and nothing else; blocks meanwhile. */
  public static TestStores open(Vertx vertx, Clock clock) {
    return new TestStores(vertx, clock);
  }

  /** The metadata. */
  public Metadata metadata() {
    return metadata;
  }

  /** The readings, opened when first asked for. */
  public ReadingStore readings() {
    if (readings.isEmpty()) readings = Optional.of(openReadings());
    return readings.get().store;
  }

  private Readings openReadings() {
    StorageOptions options = StorageOptions.in(folder);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx, folder.resolve("journal"), JournalOptions.from(options), meters);
    return new Readings(journal, EmbeddedReadingStore.open(vertx, journal, options, meters, clock));
  }

  /** Where the stores are, and what else a test keeps beside them. */
  public Path folder() {
    return folder;
  }

  /** Makes an account that nobody can sign in to: devices need an owner. */
  public UserId user(String name) {
    User draft =
        new User(
            new UserId(0),
            UUID.randomUUID(),
            name,
            name + "@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "key of " + name,
            Instant.EPOCH,
            Instant.EPOCH);
    return Settled.value(metadata.users().add(draft, "no hash")).id();
  }

  @Override
  public void close() {
    readings.ifPresent(open -> Settled.value(open.store.close()));
    readings.ifPresent(open -> Settled.value(open.journal.close()));
    Settled.value(metadata.close());
    delete(folder);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("mestral-test-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Puts a file with all schema steps and the catalogue there, made once for all tests. */
  private static Path planted(Path folder) {
    try {
      Files.write(folder.resolve(NAME), Fresh.METADATA);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a first start writes. */
  private static final class Fresh {
    static final byte[] METADATA = metadata();

    private static byte[] metadata() {
      Path folder = temporary();
      Vertx vertx = Vertx.vertx();
      try {
        Settled.value(EmbeddedMetadata.open(vertx, folder, Clock.systemUTC()).close());
        return Files.readAllBytes(folder.resolve(NAME));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } finally {
        Settled.value(vertx.close());
        delete(folder);
      }
    }
  }
}
