package io.mestral.storage.embedded.metadata;

import static java.util.Comparator.reverseOrder;

import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of the metadata, one for an hour at most, each checked before it counts. The last few are
 * kept, and the last of each of the last few days.
 */
final class Snapshots {
  private static final int HOURS_KEPT = 6;
  private static final int DAYS_KEPT = 7;
  private static final Pattern NAME = Pattern.compile("metadata-(\\d{8})(T\\d{2})?\\.db");
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").withZone(ZoneOffset.UTC);
  private static final String PART = ".part";
  private static final String COPY = "VACUUM INTO ?";

  private final Path folder;
  private final Clock clock;
  private final AtomicReference<Optional<SqliteSession>> busy =
      new AtomicReference<>(Optional.empty());

  Snapshots(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Whether there is none of today (UTC) yet. */
  boolean due() throws IOException {
    String today = dayOf(current());
    return newestFirst().stream().noneMatch(snapshot -> dayOf(snapshot).equals(today));
  }

  /**
   * Takes one, in the place of an earlier one of the same hour, and lets the oldest go. A copy that
   * doesn't pass the check is thrown away and the former ones stay.
   */
  Path take(Path database) throws IOException, SQLException {
    Files.createDirectories(folder);
    Path target = current();
    Path part = folder.resolve(target.getFileName() + PART);
    Files.deleteIfExists(part);
    try {
      copy(database, part);
      Optional<String> problem = problem(part);
      if (problem.isPresent()) throw new SQLException("the copy is damaged: " + problem.get());
      Disk.moveInPlace(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
    forgetOld(target);
    return target;
  }

  /** The one just taken stays, whatever the clock makes of its name. */
  private void forgetOld(Path taken) throws IOException {
    Set<String> days = new HashSet<>();
    int seen = 0;
    for (Path snapshot : newestFirst()) {
      boolean lastOfDay = days.size() < DAYS_KEPT && days.add(dayOf(snapshot));
      if (seen++ >= HOURS_KEPT && !lastOfDay && !snapshot.equals(taken)) Files.delete(snapshot);
    }
  }

  /** Copies the newest sound one to {@code target}; those found damaged go to {@code unusable}. */
  Optional<Path> restoreNewest(Path target, List<Path> unusable) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".restoring");
    for (Path snapshot : newestFirst()) {
      Files.copy(snapshot, part, StandardCopyOption.REPLACE_EXISTING);
      if (isSound(part)) {
        Disk.moveInPlace(part, target);
        return Optional.of(snapshot);
      }
      unusable.add(snapshot);
      Files.delete(part);
    }
    return Optional.empty();
  }

  /** Deletes what takings that were killed left. */
  void tidy() throws IOException {
    if (!Files.isDirectory(folder)) return;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList())
        if (file.getFileName().toString().contains(PART)) Files.delete(file);
    }
  }

  /**
   * A clock that was wrong once must not make its snapshots the newest for ever; one that finds
   * most of them in the future is wrong itself.
   */
  List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all =
          files.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).toList();
      boolean trusted = all.stream().filter(this::isFromTheFuture).count() * 2 <= all.size();
      Comparator<Path> byTrust =
          Comparator.comparing(snapshot -> trusted && isFromTheFuture(snapshot));
      return all.stream().sorted(byTrust.thenComparing(reverseOrder())).toList();
    }
  }

  /** Stops a copy or check that is under way; it fails then. */
  void interrupt() throws SQLException {
    Optional<SqliteSession> session = busy.get();
    if (session.isPresent()) session.get().interrupt();
  }

  /** What a thorough check finds wrong with a database; empty when it is sound. */
  Optional<String> problem(Path database) throws SQLException {
    try (SqliteSession session = SqliteSession.reading(database)) {
      busy.set(Optional.of(session));
      String verdict =
          session
              .first("PRAGMA integrity_check(1)", row -> row.text("integrity_check"))
              .orElse("no answer");
      return verdict.equals("ok") ? Optional.empty() : Optional.of(verdict);
    } finally {
      busy.set(Optional.empty());
    }
  }

  private void copy(Path database, Path part) throws SQLException {
    try (SqliteSession session = SqliteSession.copying(database)) {
      busy.set(Optional.of(session));
      session.change(COPY, part.toString());
    } finally {
      busy.set(Optional.empty());
    }
  }

  private boolean isSound(Path database) {
    try {
      return problem(database).isEmpty();
    } catch (SQLException damaged) {
      return false;
    }
  }

  private boolean isFromTheFuture(Path snapshot) {
    return snapshot.compareTo(current()) > 0;
  }

  private static String dayOf(Path snapshot) {
    Matcher name = NAME.matcher(snapshot.getFileName().toString());
    return name.matches() ? name.group(1) : "";
  }

  private Path current() {
    return folder.resolve("metadata-" + HOUR.format(clock.instant()) + ".db");
  }
}
