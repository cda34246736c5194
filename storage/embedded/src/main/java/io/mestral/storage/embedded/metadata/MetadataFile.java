package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.MetadataReport.Damage;
import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.SqlFailures;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code metadata.db}: opens it whatever state it is in. One that is damaged is set aside
 * with its companions, never changed or deleted; {@link MetadataRecovery} makes another one.
 */
final class MetadataFile {
  static final String NAME = "metadata.db";

  /** Up to this size the start checks every page; that takes a fraction of a second. */
  static final long CHECKED_AT_START = 64L << 20;

  /**
   * How far the numbers jump after a loss, so that no new device gets a number whose readings are
   * still in the readings store.
   */
  static final long ID_GAP = 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(MetadataFile.class);
  private static final List<String> COMPANIONS = List.of("-wal", "-shm");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
  private static final String TABLES =
      """
      SELECT count(*) AS n FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
      """;
  private static final String OURS =
      "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'schema_steps'";
  private static final String START_NUMBERS =
      """
      INSERT INTO sqlite_sequence (name, seq)
      SELECT name, 0 FROM sqlite_schema
      WHERE sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)
      """;
  private static final String SKIP_NUMBERS =
      "UPDATE sqlite_sequence SET seq = seq + ? WHERE name NOT IN ('sensors', 'measurements')";

  private final Path folder;
  private final Snapshots snapshots;
  private final Migrations migrations;
  private final Clock clock;
  private final long checkedAtStart;

  /** {@code checkedAtStart} is usually {@link #CHECKED_AT_START}. */
  MetadataFile(
      Path folder, Snapshots snapshots, Migrations migrations, Clock clock, long checkedAtStart) {
    this.folder = folder;
    this.snapshots = snapshots;
    this.migrations = migrations;
    this.clock = clock;
    this.checkedAtStart = checkedAtStart;
  }

  /** An open file. */
  record Opened(SqliteSession session, MetadataReport report) {}

  Path path() {
    return folder.resolve(NAME);
  }

  /** Whether the start leaves the thorough check to the background. */
  boolean isLarge() throws IOException {
    return Files.exists(path()) && Files.size(path()) > checkedAtStart;
  }

  /** Remembers for the next start that damage showed while the node ran. */
  void suspect(String what) throws IOException {
    Files.writeString(suspicion(), what);
  }

  Opened open() throws IOException, SQLException {
    Files.createDirectories(folder);
    boolean fresh = isEmpty();
    Optional<String> damage = damage(fresh);
    if (damage.isEmpty()) {
      try {
        return migrated(fresh ? Origin.CREATED : Origin.OPENED);
      } catch (SQLException failure) {
        if (!SqlFailures.isDamage(failure)) throw failure;
        damage = Optional.of(failure.getMessage());
      }
    }
    return recovered(damage.get());
  }

  private Opened migrated(Origin origin) throws IOException, SQLException {
    SqliteSession session = SqliteSession.writing(path());
    try {
      List<Integer> steps = migrations.run(session, CataloguePlanting::plant);
      if (Files.exists(recovering())) skipNumbers(session);
      return new Opened(
          session,
          new MetadataReport(origin, Optional.empty(), Optional.empty(), 0, List.of(), steps));
    } catch (IOException | SQLException | RuntimeException failure) {
      session.discard();
      throw failure;
    }
  }

  private Opened recovered(String what) throws IOException, SQLException {
    boolean again = Files.exists(recovering());
    Files.writeString(recovering(), what);
    Optional<Path> aside = setAside(again);
    LOG.error(
        "{} cannot be used: {}; {}",
        path(),
        what,
        aside.map(kept -> "it is in " + kept).orElse("nothing is left of it"));
    Optional<Path> source =
        aside.filter(MetadataFile::isSet).isEmpty() && again ? newestSetAside() : aside;
    MetadataRecovery recovery = new MetadataRecovery(path(), snapshots, migrations);
    MetadataRecovery.Made made = recovery.run(source.map(kept -> kept.resolve(NAME)));
    LOG.error("the metadata goes on: {}", made);
    Opened opened = migrated(made.origin());
    Files.deleteIfExists(suspicion());
    return new Opened(
        opened.session(),
        new MetadataReport(
            made.origin(),
            Optional.of(new Damage(what, aside)),
            made.snapshot(),
            made.rescued(),
            made.unusable(),
            made.steps()));
  }

  /** What a start set aside that was killed before it was done. */
  private Optional<Path> newestSetAside() throws IOException {
    if (!Files.isDirectory(damagedFolder())) return Optional.empty();
    try (Stream<Path> sets = Files.list(damagedFolder())) {
      return sets.filter(MetadataFile::isSet).max(Comparator.naturalOrder());
    }
  }

  /** Whether a folder holds a file to rescue from, and not its companions alone. */
  private static boolean isSet(Path aside) {
    return aside.resolve(NAME).toFile().length() > 0;
  }

  /** The cheapest look that still notices a file SQLite can't work with. */
  private Optional<String> damage(boolean fresh) throws IOException, SQLException {
    if (fresh) return lost();
    try (SqliteSession session = SqliteSession.reading(path())) {
      if (session.number(TABLES) > 0 && session.number(OURS) == 0)
        return Optional.of("it is not a file of this program");
      if (isLarge() && !Files.exists(suspicion())) return Optional.empty();
      Optional<String> verdict =
          session
              .first("PRAGMA quick_check(1)", row -> row.text("quick_check"))
              .filter(text -> !text.equals("ok"));
      if (verdict.isEmpty()) Files.deleteIfExists(suspicion());
      return verdict;
    } catch (SQLException failure) {
      if (!SqlFailures.isDamage(failure)) throw failure;
      return Optional.of(failure.getMessage());
    }
  }

  /** Whether there is a file, or a sign that there was one. */
  boolean wasMade() throws IOException {
    return !isEmpty() || lost().isPresent();
  }

  /** No file is right at the first start only: what stands beside it tells. */
  private Optional<String> lost() throws IOException {
    boolean traces =
        companion("-wal").toFile().length() > 0
            || Files.exists(recovering())
            || !snapshots.newestFirst().isEmpty();
    return traces ? Optional.of("it is missing or empty") : Optional.empty();
  }

  private boolean isEmpty() throws IOException {
    return !Files.exists(path()) || Files.size(path()) == 0;
  }

  /**
   * @param again a start was killed: it may have moved the file and left the companions, which
   *     follow it then
   */
  private Optional<Path> setAside(boolean again) throws IOException {
    List<Path> files = new ArrayList<>(List.of(path()));
    COMPANIONS.forEach(suffix -> files.add(companion(suffix)));
    files.removeIf(file -> !Files.exists(file));
    if (files.isEmpty()) return Optional.empty();
    boolean left = again && !Files.exists(path());
    Optional<Path> begun =
        left
            ? newestSetAside().filter(set -> files.stream().noneMatch(file -> isIn(set, file)))
            : Optional.empty();
    Path aside = begun.isPresent() ? begun.get() : freshFolder();
    for (Path file : files) Files.move(file, aside.resolve(file.getFileName()));
    Disk.syncFolder(aside);
    Disk.syncFolder(folder);
    return Optional.of(aside);
  }

  private static boolean isIn(Path set, Path file) {
    return Files.exists(set.resolve(file.getFileName()));
  }

  private Path freshFolder() throws IOException {
    Path damaged = Files.createDirectories(damagedFolder());
    String name = "metadata-" + STAMP.format(clock.instant());
    Path aside = damaged.resolve(name);
    for (int n = 1; Files.exists(aside); n++) aside = damaged.resolve(name + "-" + n);
    return Files.createDirectory(aside);
  }

  /** Each loss jumps further than the one before, also when both go back to the same snapshot. */
  private void skipNumbers(SqliteSession session) throws IOException, SQLException {
    long losses = 1;
    if (Files.isDirectory(damagedFolder())) {
      try (Stream<Path> sets = Files.list(damagedFolder())) {
        losses += sets.count();
      }
    }
    session.change(START_NUMBERS);
    session.change(SKIP_NUMBERS, losses * ID_GAP);
    Files.delete(recovering());
  }

  private Path damagedFolder() {
    return folder.resolve("damaged");
  }

  private Path companion(String suffix) {
    return folder.resolve(NAME + suffix);
  }

  /** Is there from the loss until the numbers have jumped, however often the start is killed. */
  private Path recovering() {
    return folder.resolve("metadata.recovering");
  }

  private Path suspicion() {
    return folder.resolve("metadata.suspect");
  }
}
