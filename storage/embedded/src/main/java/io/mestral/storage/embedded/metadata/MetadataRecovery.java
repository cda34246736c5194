package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.MetadataReport.Origin;
import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.Rescue;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file in the place of one that was damaged: the newest sound snapshot, or an empty one,
 * and over it whatever rows the damaged one still gives. It gets its name when it is finished.
 */
final class MetadataRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataRecovery.class);
  private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

  private final Path target;
  private final Path part;
  private final Path copy;
  private final Snapshots snapshots;
  private final Migrations migrations;

  MetadataRecovery(Path target, Snapshots snapshots, Migrations migrations) {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.copy = target.resolveSibling(target.getFileName() + ".broken");
    this.snapshots = snapshots;
    this.migrations = migrations;
  }

  /** What came of it; see {@link MetadataReport}. */
  record Made(
      Origin origin,
      Optional<Path> snapshot,
      int rescued,
      List<Path> unusable,
      List<Integer> steps) {}

  Made run(Optional<Path> damaged) throws IOException, SQLException {
    delete(part);
    List<Path> unusable = new ArrayList<>();
    Optional<Path> snapshot = snapshots.restoreNewest(part, unusable);
    List<Integer> steps;
    try (SqliteSession session = SqliteSession.writing(part)) {
      steps = migrations.run(session, CataloguePlanting::plant);
    }
    int rescued = damaged.isPresent() ? rescue(damaged.get()) : 0;
    Disk.moveInPlace(part, target);
    delete(part);
    Origin origin = snapshot.isPresent() ? Origin.RESTORED : Origin.EMPTIED;
    return new Made(rescued > 0 ? Origin.RESCUED : origin, snapshot, rescued, unusable, steps);
  }

  /** Works on a copy: even who only reads a database changes its log. */
  private int rescue(Path damaged) throws IOException {
    delete(copy);
    try {
      for (String suffix : SUFFIXES) {
        Path file = damaged.resolveSibling(damaged.getFileName() + suffix);
        if (!suffix.equals("-shm") && Files.exists(file))
          Files.copy(file, beside(copy, suffix), StandardCopyOption.REPLACE_EXISTING);
      }
      return Files.exists(copy) ? Rescue.of(copy, part) : 0;
    } catch (SQLException | IllegalStateException failure) {
      LOG.error("no rows could be rescued from {}: {}", damaged, failure.getMessage());
      return 0;
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path database) throws IOException {
    for (String suffix : SUFFIXES) Files.deleteIfExists(beside(database, suffix));
  }

  private static Path beside(Path database, String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }
}
