package io.mestral.storage.embedded.readings.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the store: one for each month, one for the newest readings, and what was damaged.
 */
public final class ReadingsFolder {
  private static final Logger log = LoggerFactory.getLogger(ReadingsFolder.class);
  private static final Pattern MONTH = Pattern.compile("readings-(\\d{4}-(?:0[1-9]|1[0-2]))\\.db");

  private static final String SALVAGE = ".salvage";

  private final Path path;
  private final NavigableSet<YearMonth> months = new ConcurrentSkipListSet<>();
  private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock();
  private volatile int epoch;
  private volatile int newestEpoch;

  public ReadingsFolder(Path path) throws IOException {
    this.path = Files.createDirectories(path);
    finishSalvages();
    try (var files = Files.list(path)) {
      for (Path file : files.toList()) note(file.getFileName().toString());
    }
  }

  private void note(String name) {
    Matcher month = MONTH.matcher(name);
    if (month.matches()) months.add(YearMonth.parse(month.group(1)));
    else if (name.startsWith("readings-") && name.endsWith(".db"))
      log.warn("{} is named after no month and left alone", path.resolve(name));
  }

  /** The months that have a file. */
  public NavigableSet<YearMonth> months() {
    return months;
  }

  /** A file of the month is made. */
  public void has(YearMonth month) {
    months.add(month);
  }

  public Path fileOf(YearMonth month) {
    return path.resolve("readings-" + month + ".db");
  }

  /** The newest readings of each series; can be made again from the months. */
  public Path newestFile() {
    return newestFileIn(path);
  }

  public static Path newestFileIn(Path folder) {
    return folder.resolve("series.db");
  }

  /** Changes when a month's file was replaced: whoever has one open opens it again. */
  public int epoch() {
    return epoch;
  }

  /** Changes when the file of the newest readings was replaced. */
  public int newestEpoch() {
    return newestEpoch;
  }

  /** Says that a file is another one now. */
  public void replaced(Path file) {
    if (file.equals(newestFile())) newestEpoch = newestEpoch + 1;
    else epoch = epoch + 1;
  }

  /** As long as somebody has it, files stay where they are: for looking for one and opening it. */
  public Lock stillness() {
    return moving.readLock();
  }

  /** Something that moves files. */
  @FunctionalInterface
  private interface Move<T> {
    T make() throws IOException;
  }

  private <T> T alone(Move<T> move) throws IOException {
    moving.writeLock().lock();
    try {
      return move.make();
    } finally {
      moving.writeLock().unlock();
    }
  }

  /** Moves a database, and what belongs to it, to {@code damaged}. */
  public Path moveAside(Path file) throws IOException {
    return alone(() -> aside(file));
  }

  /** The same, and puts a finished file in its place. */
  public Path moveAside(Path file, Path finished) throws IOException {
    return alone(
        () -> {
          Path aside = aside(file);
          replace(finished, file);
          return aside;
        });
  }

  private Path aside(Path file) throws IOException {
    Path damaged = Files.createDirectories(path.resolve("damaged"));
    String name = file.getFileName().toString();
    Path place = damaged.resolve(name);
    for (int n = 1; Files.exists(place); n++)
      place = damaged.resolve(name.replace(".db", "." + n + ".db"));
    Files.move(file, place); // first, so that nobody makes companions again
    replaced(file);
    for (Path companion : Sqlite.companionsOf(file)) {
      String suffix = companion.getFileName().toString().substring(name.length());
      moveIfThere(companion, damaged.resolve(place.getFileName() + suffix));
    }
    return place;
  }

  /** A reader that closes its connection takes the companions of a database with it. */
  private static void moveIfThere(Path from, Path to) throws IOException {
    try {
      Files.move(from, to);
    } catch (NoSuchFileException gone) {
      log.debug("{} went with its last reader", from);
    }
  }

  /** Where the blocks of a broken file are collected. */
  public Path salvageOf(Path file) {
    return file.resolveSibling(file.getFileName() + SALVAGE);
  }

  /** Where what is left of a file is collected. */
  public Path remainderOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".remainder");
  }

  /** Removes a month for good. */
  public void remove(YearMonth month) throws IOException {
    months.remove(month);
    Path file = fileOf(month);
    alone(() -> Files.deleteIfExists(file));
    replaced(file);
    for (Path companion : Sqlite.companionsOf(file)) Files.deleteIfExists(companion);
  }

  /** Puts a finished file in the place of one that was moved away. */
  public void replace(Path finished, Path file) throws IOException {
    alone(
        () -> {
          Sqlite.putInPlace(finished, file);
          return file;
        });
    replaced(file);
  }

  /** A salvage whose broken file is out of the way was whole when the program was killed. */
  private void finishSalvages() throws IOException {
    try (var files = Files.list(path)) {
      for (Path finished : files.filter(file -> file.toString().endsWith(SALVAGE)).toList()) {
        String name = finished.getFileName().toString();
        Path file = path.resolve(name.substring(0, name.length() - SALVAGE.length()));
        if (Files.exists(file)) continue;
        replace(finished, file);
        log.warn("{} was salvaged before the last start and is in its place now", file);
      }
    }
  }
}
