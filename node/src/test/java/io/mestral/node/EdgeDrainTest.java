package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What gathered at an edge goes up behind a link of 50 ms there and back, while new readings go by.
 * The environment's {@code READINGS} sets how many, in whole twenty thousands; the figures are
 * printed.
 */
class EdgeDrainTest {
  private static final int PER_DEVICE = 20_000;
  private static final int DEVICES =
      Optional.ofNullable(System.getenv("READINGS")).map(Integer::valueOf).orElse(60_000)
          / PER_DEVICE;
  private static final int READINGS = DEVICES * PER_DEVICE;
  private static final int AT_ONCE = 1_000;
  private static final int EVERY_SECONDS = 24 * 3_600 / PER_DEVICE;
  private static final String UNSENT = "mestral_uplink_hours_unsent";
  private static final String SENT = "mestral_uplink_sent_readings_total{way=\"backlog\"}";
  private static final long MOST_SECONDS = 60 + READINGS / 5_000;

  @TempDir Path folder;

  @Test
  void whatGatheredComesWhileNewReadingsGoBy() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      pair.link().delay(25);
      JsonNode device = pair.device("Live");
      String live = pair.uuid(device);
      long liveId = device.get("id").asLong();
      Map<String, Double> news = new TreeMap<>(Map.of("00:00:00", 0.5));
      pair.measure(liveId, news);
      pair.awaitAtCloud(live, news);
      pair.link().cut();
      Map<String, Integer> gathered = gather(pair);
      restart(pair);

      pair.link().mend();
      long start = whenItBegins(pair);
      List<Long> delays = new ArrayList<>();
      long drained = start;
      do {
        assertThat(System.nanoTime() - start).as("drains").isLessThan(MOST_SECONDS * 1_000_000_000);
        delays.add(delayOfANewOne(pair, liveId, live, delays.size() + 1, news));
        drained = System.nanoTime();
      } while (!isDrained(pair));
      double seconds = (drained - start) / 1e9;
      pair.awaitAtCloud(live, news);
      for (Map.Entry<String, Integer> one : gathered.entrySet())
        pair.awaitAtCloud(one.getKey(), values(one.getValue(), 0, PER_DEVICE));
      delays.sort(null);
      System.out.printf(
          "%d readings drained in %.2f s (%.0f/s); %d new ones above after %d ms (median),"
              + " %d ms (the slowest of a hundred), %d ms (slowest)%n",
          READINGS,
          seconds,
          READINGS / seconds,
          delays.size(),
          delays.get(delays.size() / 2) / 1_000_000,
          delays.get(delays.size() * 99 / 100) / 1_000_000,
          delays.get(delays.size() - 1) / 1_000_000);
    }
  }

  /** It knows what it has to bring when it was killed, too. */
  private static void restart(EdgePair pair) throws Exception {
    pair.killEdge();
    long bytes = pair.edgeBytes();
    long start = System.nanoTime();
    pair.startEdge();
    System.out.printf(
        "an edge with %d bytes on disk (%.1f for each reading) is ready after %.2f s%n",
        bytes, (double) bytes / READINGS, (System.nanoTime() - start) / 1e9);
  }

  /** Readings of a day for each device: their UUIDs, with what {@link #values} calls them. */
  private static Map<String, Integer> gather(EdgePair pair) throws Exception {
    Map<String, Integer> all = new TreeMap<>();
    for (int i = 0; i < DEVICES; i++) {
      JsonNode device = pair.device("Device " + i);
      for (int first = 0; first < PER_DEVICE; first += AT_ONCE)
        pair.measure(device.get("id").asLong(), values(i, first, first + AT_ONCE));
      all.put(pair.uuid(device), i);
    }
    return all;
  }

  private static Map<String, Double> values(int device, int first, int end) {
    Map<String, Double> values = new TreeMap<>();
    for (int i = first; i < end; i++) values.put(time(i * EVERY_SECONDS), (i + device) / 8.0);
    return values;
  }

  /** Nanoseconds from sending until it can be read above. */
  private static long delayOfANewOne(
      EdgePair pair, long device, String uuid, int second, Map<String, Double> news)
      throws Exception {
    Map<String, Double> fresh = Map.of(time(second), second / 4.0);
    long start = System.nanoTime();
    pair.measure(device, fresh);
    news.putAll(fresh);
    while (pair.countAtCloud(uuid) < news.size()) {
      assertThat(System.nanoTime() - start).as("a new one comes").isLessThan(60_000_000_000L);
      LockSupport.parkNanos(5_000_000L);
    }
    return System.nanoTime() - start;
  }

  /** Until the edge has tried again, which may take some seconds. */
  private static long whenItBegins(EdgePair pair) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    while (metric(pair, SENT) == 0) {
      assertThat(System.nanoTime()).as("connects").isLessThan(end);
      LockSupport.parkNanos(10_000_000L);
    }
    return System.nanoTime();
  }

  /** But for the hour of the new ones. */
  private static boolean isDrained(EdgePair pair) throws Exception {
    return metric(pair, SENT) >= READINGS && metric(pair, UNSENT) <= 1;
  }

  private static double metric(EdgePair pair, String name) throws Exception {
    return pair.atEdge()
        .send("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String time(int second) {
    return "%02d:%02d:%02d".formatted(second / 3_600, second / 60 % 60, second % 60);
  }
}
