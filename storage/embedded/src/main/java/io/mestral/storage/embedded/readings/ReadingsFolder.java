package io.mestral.storage.embedded.readings;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the store: one for each month, one for the newest readings, and what was damaged.
 */
final class ReadingsFolder {
  private static final Logger log = LoggerFactory.getLogger(ReadingsFolder.class);
  private static final Pattern MONTH = Pattern.compile("readings-(\\d{4}-(?:0[1-9]|1[0-2]))\\.db");

  private final Path path;
  private final NavigableSet<YearMonth> months = new ConcurrentSkipListSet<>();
  private volatile int epoch;

  ReadingsFolder(Path path) throws IOException {
    this.path = Files.createDirectories(path);
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
  NavigableSet<YearMonth> months() {
    return months;
  }

  void has(YearMonth month) {
    months.add(month);
  }

  Path fileOf(YearMonth month) {
    return path.resolve("readings-" + month + ".db");
  }

  /** The newest readings of each series; can be made again from the months. */
  Path newestFile() {
    return path.resolve("series.db");
  }

  /** Changes when a file was replaced: whoever has one open opens it again. */
  int epoch() {
    return epoch;
  }

  /** Moves a database, and what belongs to it, to {@code damaged}. */
  Path moveAside(Path file) throws IOException {
    Path damaged = Files.createDirectories(path.resolve("damaged"));
    String name = file.getFileName().toString();
    Path place = damaged.resolve(name);
    for (int n = 1; Files.exists(place); n++)
      place = damaged.resolve(name.replace(".db", "." + n + ".db"));
    for (String suffix : List.of("-wal", "-shm")) {
      Path companion = file.resolveSibling(name + suffix);
      if (Files.exists(companion))
        Files.move(companion, damaged.resolve(place.getFileName() + suffix));
    }
    Files.move(file, place);
    epoch = epoch + 1;
    return place;
  }

  /** Puts a finished file in the place of one that was moved away. */
  void replace(Path finished, Path file) throws IOException {
    Files.move(finished, file, ATOMIC_MOVE);
    epoch = epoch + 1;
  }

  /** Keeps bytes that nobody understands. */
  Path keepAside(String name, byte[] bytes) throws IOException {
    Path damaged = Files.createDirectories(path.resolve("damaged"));
    return Files.write(damaged.resolve(name), bytes);
  }
}
