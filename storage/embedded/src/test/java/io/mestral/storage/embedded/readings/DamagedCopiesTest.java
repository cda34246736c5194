package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of a folder, each damaged at random: the store opens, what it answers is true, and what is
 * missing was reported. {@code DAMAGED_COPIES} says how many, {@code SEED} where to begin.
 */
class DamagedCopiesTest {
  private static final long START = 1_774_828_800L; // 2026-03-30T00:00:00Z
  private static final Series NOISE = new Series(new DeviceId(42), new SensorId(53));
  private static final Series LIGHT = new Series(new DeviceId(42), new SensorId(14));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void noCopyKeepsTheStoreFromOpeningOrMakesItLie() throws Exception {
    int copies = Integer.parseInt(System.getenv().getOrDefault("DAMAGED_COPIES", "40"));
    long seed =
        Long.parseLong(System.getenv().getOrDefault("SEED", Long.toString(System.nanoTime())));
    for (int copy = 0; copy < copies; copy++) {
      Path place = folder.resolve("copy-" + copy);
      String what = damaged(place, new Random(seed + copy));
      check(place, "SEED=" + (seed + copy) + " " + what);
      delete(place);
    }
  }

  private void check(Path place, String what) throws IOException {
    StoreOnDisk disk = StoreOnDisk.open(vertx, place);
    int missing = 0;
    for (int round = 0; round < 3; round++) {
      missing = missing(read(disk, NOISE), true, what) + missing(read(disk, LIGHT), false, what);
      Settled.value(disk.store.summaries(NOISE, Span.HOUR, TimeRange.ALWAYS));
      for (int turn = 0; turn < 5; turn++) Settled.value(disk.store.seal()); // behind repairs
    }
    // An undamaged row of a day still knows what a damaged block had.
    for (Span span : Span.values())
      assertThat(count(Settled.value(disk.store.summaries(NOISE, span, TimeRange.ALWAYS))))
          .as(what)
          .isBetween((long) read(disk, NOISE).size(), 576L);
    double reported = disk.meters.counter("mestral.readings.damaged").count();
    if (missing > 0) assertThat(reported).as(missing + " missing of " + what).isPositive();
    disk.close();
  }

  private static long count(List<Summary> summaries) {
    return summaries.stream().mapToLong(Summary::count).sum();
  }

  private static Samples read(StoreOnDisk disk, Series series) {
    return Settled.value(disk.store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private static int missing(Samples samples, boolean noise, String what) {
    for (int i = 0; i < samples.size(); i++) {
      int n = (int) ((samples.time(i) - START) / 600);
      assertThat(samples.value(i))
          .as(what)
          .isEqualTo(noise ? (n * 37 % 801 - 400) / 10.0 : n / 7.0);
    }
    return (noise ? 576 : 288) - samples.size();
  }

  /** A copy of the folder with one fault. */
  private static String damaged(Path place, Random random) throws IOException, URISyntaxException {
    Path from = Path.of(DamagedCopiesTest.class.getResource("/formats/readings-2").toURI());
    Path to = Files.createDirectories(place.resolve("readings"));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
    }
    List<Path> files = new ArrayList<>();
    try (var all = Files.list(to)) {
      files.addAll(all.sorted().toList());
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      default -> Arrays.fill(bytes, at / 8192 * 8192, at / 8192 * 8192 + 8192, (byte) 0);
    }
    Files.write(file, bytes);
    return file.getFileName() + " at " + at;
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
