package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.HeldDatabase;
import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.SqlFailures;
import io.mestral.storage.embedded.metadata.sqlite.SqliteEngine;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.embedded.metadata.sqlite.Step;
import io.mestral.storage.sql.metadata.SqlMetadata;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** The metadata of a node that keeps it itself, in one SQLite file. */
public final class EmbeddedMetadata extends SqlMetadata {
  static final List<String> STEPS =
      List.of(
          "V0001__first.sql",
          "V0002__intake.sql",
          "V0003__csv.sql",
          "V0004__networks.sql",
          "V0005__oauth.sql",
          "V0006__people.sql",
          "V0007__records.sql",
          "V0008__smartapi.sql",
          "V0009__keys.sql",
          "V0010__accounts.sql",
          "V0011__replica.sql");
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("users.username_folded", "username"),
          Map.entry("users.email_folded", "email"),
          Map.entry("devices.token_hash", "device_token"),
          Map.entry("orphans.token_hash", "device_token"),
          Map.entry("forwarding_access.username_hash", "forwarding_username"),
          Map.entry("forwarding_access.token_hash", "forwarding_token"),
          Map.entry("tags.name_folded", "name"),
          Map.entry("sensor_tags.name_folded", "name"),
          Map.entry("gateways.name", "name"),
          Map.entry("gateways.iri", "iri"),
          Map.entry("accounts.holder", "holder"));

  private final Vertx vertx;
  private final Path file;
  private final Database database;
  private final MetadataCare care;
  private final MetadataReport report;

  private EmbeddedMetadata(
      Vertx vertx, Path file, Database database, MetadataCare care, MetadataReport report) {
    super(new SqliteEngine(database), new SqliteTables());
    this.vertx = vertx;
    this.file = file;
    this.database = database;
    this.care = care;
    this.report = report;
  }

  /**
   * Opens {@code metadata.db} in a folder that nobody else uses, making, migrating or restoring it
   * as need be; {@link #report} says which. Blocks: call it before event loops depend on it.
   *
   * @throws io.mestral.storage.embedded.metadata.sqlite.SchemaMismatch when a newer version wrote
   *     the file
   * @throws UncheckedIOException when the folder can't be read or written
   */
  public static EmbeddedMetadata open(Vertx vertx, Path folder, Clock clock) {
    List<Step> steps =
        STEPS.stream().map(file -> Step.resource(EmbeddedMetadata.class, file)).toList();
    return open(vertx, folder, clock, new Migrations(steps, clock));
  }

  private static EmbeddedMetadata open(
      Vertx vertx, Path folder, Clock clock, Migrations migrations) {
    Snapshots snapshots = new Snapshots(folder.resolve("snapshots"), clock);
    MetadataFile file =
        new MetadataFile(folder, snapshots, migrations, clock, MetadataFile.CHECKED_AT_START);
    MetadataCare care = new MetadataCare(file, snapshots);
    try {
      snapshots.tidy();
      MetadataFile.Opened opened = file.open();
      SqlFailures failures = new SqlFailures(FIELDS, care::damaged);
      Database database = Database.start(vertx, file.path(), opened.session(), failures);
      care.begin(file.isLarge(), database::changes);
      return new EmbeddedMetadata(vertx, file.path(), database, care, opened.report());
    } catch (IOException | SQLException failure) {
      care.close();
      throw new UncheckedIOException(
          "cannot open " + file.path(), new IOException(failure.getMessage(), failure));
    }
  }

  /** Whether a folder has metadata, or had some that can be told to be lost. */
  public static boolean isIn(Path folder, Clock clock) {
    try {
      return new MetadataFile(
              folder,
              new Snapshots(folder.resolve("snapshots"), clock),
              new Migrations(List.of(), clock),
              clock,
              MetadataFile.CHECKED_AT_START)
          .wasMade();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot look for metadata in " + folder, failure);
    }
  }

  /** How the metadata came up at this start. */
  public MetadataReport report() {
    return report;
  }

  /** What is known about the file's soundness just now. */
  public Integrity integrity() {
    return care.integrity();
  }

  /** How many steps the schema has had. */
  public static int schema() {
    return STEPS.size();
  }

  /**
   * Holds what is committed now, and does something else before the next commit: so both are of one
   * moment. To be closed by whoever asked; blocks.
   *
   * @param meanwhile something quick; when it fails nothing is held
   */
  public HeldDatabase hold(Runnable meanwhile) throws IOException {
    AtomicReference<Optional<HeldDatabase>> held = new AtomicReference<>(Optional.empty());
    Future<Void> done =
        database.write(
            session -> {
              held.set(Optional.of(SqliteSession.holding(file)));
              meanwhile.run();
              return null;
            });
    try {
      done.toCompletionStage().toCompletableFuture().join();
      return held.get().orElseThrow();
    } catch (CompletionException failure) {
      IOException told =
          new IOException(
              "the metadata cannot be held: " + failure.getCause().getMessage(),
              failure.getCause());
      held.get().ifPresent(left -> close(left, told));
      throw told;
    }
  }

  private static void close(HeldDatabase held, IOException why) {
    try {
      held.close();
    } catch (SQLException stuck) {
      why.addSuppressed(stuck);
    }
  }

  /** Checks every page of the file; blocks meanwhile. */
  public Integrity examine() {
    care.examine();
    return care.integrity();
  }

  /** Shows the queues and their refusals as {@code mestral.metadata.*}. */
  public void measureIn(MeterRegistry meters) {
    Gauge.builder("mestral.metadata.waiting", database, Database::waitingWrites)
        .tag("kind", "write")
        .register(meters);
    Gauge.builder("mestral.metadata.waiting", database, Database::waitingReads)
        .tag("kind", "read")
        .register(meters);
    FunctionCounter.builder("mestral.metadata.refused", database, Database::refused)
        .register(meters);
    Gauge.builder(
            "mestral.metadata.damaged",
            care,
            held -> held.integrity() instanceof Integrity.Damaged ? 1 : 0)
        .register(meters);
  }

  /** Writes, as a full disk can still be read; the number in the file's head means nothing else. */
  @Override
  public Future<Void> check() {
    return database.write(
        session -> {
          session.execute("PRAGMA user_version = 1");
          return null;
        });
  }

  @Override
  public Future<Void> close() {
    return database
        .close()
        .compose(done -> Future.fromCompletionStage(care.close(), vertx.getOrCreateContext()));
  }

  Database database() {
    return database;
  }

  MetadataCare care() {
    return care;
  }
}
