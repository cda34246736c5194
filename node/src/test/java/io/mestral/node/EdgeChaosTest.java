package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The link is cut, falls silent, flaps and is slow, and both nodes are killed, while readings come
 * in at the edge; some are corrected later. In the end the node above has exactly what was
 * acknowledged at the edge. The environment's {@code FAULTS}, {@code KILLS} (of each node), {@code
 * LONGEST} (seconds) and {@code SEED} set how much.
 */
class EdgeChaosTest {
  private static final int FAULTS = (int) setting("FAULTS", 8);
  private static final int KILLS = (int) setting("KILLS", 2);
  private static final long SEED = setting("SEED", System.nanoTime());
  private static final int DEVICES = 5;
  private static final int SECONDS = 24 * 3_600;
  private static final double LONGEST_SECONDS = setting("LONGEST", 3);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final List<Long> devices = new ArrayList<>();
  private final List<String> uuids = new ArrayList<>();
  private final List<Map<String, Double>> acknowledged = new ArrayList<>();
  private int messages;

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }

  @Test
  void theNodeAboveHasWhatWasAcknowledgedWhateverBreaks() throws Exception {
    try (EdgePair pair = EdgePair.start(folder)) {
      for (int i = 0; i < DEVICES; i++) add(pair, "Device " + i);
      List<Runnable> faults = new ArrayList<>();
      for (int i = 0; i < FAULTS; i++) faults.add(() -> breakLink(pair));
      for (int i = 0; i < KILLS; i++) {
        faults.add(() -> killEdge(pair));
        faults.add(() -> killCloud(pair));
      }
      java.util.Collections.shuffle(faults, random);
      for (Runnable fault : faults) {
        load(pair, 0.2 + random.nextDouble());
        fault.run();
      }
      load(pair, 0.5);
      for (int i = 0; i < DEVICES; i++) pair.awaitAtCloud(uuids.get(i), acknowledged.get(i));
      EdgePair.await("the proof", () -> pair.uplinkFigure("hours_unsent") == 0);
      assertThat(pair.uplinkFigure("differing_hours")).isZero();
      System.out.printf(
          "seed %d: %d faults of the link, %d kills of each node, %d messages, %d readings%n",
          SEED, FAULTS, KILLS, messages, acknowledged.stream().mapToInt(Map::size).sum());
      assertThat(messages).isGreaterThan(FAULTS + 2 * KILLS);
    }
  }

  private void add(EdgePair pair, String name) throws Exception {
    JsonNode made = pair.device(name);
    devices.add(made.get("id").asLong());
    uuids.add(pair.uuid(made));
    acknowledged.add(new TreeMap<>());
  }

  /** Some devices bring readings for so long; a value for a second that had one replaces it. */
  private void load(EdgePair pair, double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    do {
      int device = random.nextInt(DEVICES);
      Map<String, Double> values = new TreeMap<>();
      for (int i = 0; i < 1 + random.nextInt(20); i++)
        values.put(time(), random.nextInt(1_000) / 8.0);
      try {
        pair.measure(devices.get(device), values);
      } catch (Exception failed) {
        throw new AssertionError("the edge serves, whatever the link does", failed);
      }
      acknowledged.get(device).putAll(values);
      messages++;
    } while (System.nanoTime() < end);
  }

  private String time() {
    int second = random.nextInt(SECONDS);
    return "%02d:%02d:%02d".formatted(second / 3_600, second / 60 % 60, second % 60);
  }

  /** Log-uniform from 0.05 s on. */
  private double duration() {
    return 0.05 * Math.pow(LONGEST_SECONDS / 0.05, random.nextDouble());
  }

  private void breakLink(EdgePair pair) {
    switch (random.nextInt(5)) {
      case 0 -> pair.link().cut();
      case 1 -> pair.link().silence();
      case 2 -> pair.link().delay(random.nextInt(100));
      case 3 -> {
        pair.link().delay(800);
        pair.link().lose(0.3);
      }
      default -> flap(pair);
    }
    load(pair, duration());
    pair.link().mend();
    pair.link().delay(0);
    pair.link().lose(0);
  }

  private void flap(EdgePair pair) {
    for (int i = 0; i < 5; i++) {
      pair.link().cut();
      LockSupport.parkNanos(20_000_000L);
      pair.link().mend();
      LockSupport.parkNanos((long) (random.nextDouble() * 400e6));
    }
  }

  private void killEdge(EdgePair pair) {
    try {
      pair.killEdge();
      pair.startEdge();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private void killCloud(EdgePair pair) {
    try {
      pair.killCloud();
      load(pair, duration());
      pair.startCloud();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }
}
