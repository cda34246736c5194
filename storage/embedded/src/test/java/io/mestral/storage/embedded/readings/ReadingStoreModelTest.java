package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** The store against sorted maps, whatever is appended, sealed, closed or killed in between. */
class ReadingStoreModelTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final long START = 1_775_001_480L; // two minutes before a month ends

  private enum What {
    ORDERED,
    LATE,
    AGAIN,
    REMOVE,
    SEAL,
    CLOSE,
    KILL
  }

  private record Step(What what, long seed) {}

  @AfterContainer
  static void close() {
    Settled.value(VERTX.close());
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<What> what =
        Arbitraries.frequency(
            Tuple.of(8, What.ORDERED),
            Tuple.of(5, What.LATE),
            Tuple.of(3, What.AGAIN),
            Tuple.of(3, What.REMOVE),
            Tuple.of(4, What.SEAL),
            Tuple.of(1, What.CLOSE),
            Tuple.of(1, What.KILL));
    return Combinators.combine(what, Arbitraries.longs()).as(Step::new).list().ofMaxSize(30);
  }

  @Property(tries = 40)
  void answersWhatTheModelAnswers(@ForAll("steps") List<Step> steps) throws IOException {
    Path folder = Files.createTempDirectory("readings-model");
    try {
      Run run = new Run(folder);
      for (Step step : steps) {
        run.take(step);
        run.compare(new Random(step.seed()));
      }
      run.disk.close();
    } finally {
      delete(folder);
    }
  }

  private static final class Run {
    private final Path folder;
    private final Map<Series, TreeMap<Long, Double>> model = new HashMap<>();
    private final List<List<Reading>> sent = new ArrayList<>();
    private StoreOnDisk disk;
    private long now = START;

    Run(Path folder) {
      this.folder = folder;
      disk = StoreOnDisk.open(VERTX, folder);
    }

    void take(Step step) {
      Random random = new Random(step.seed());
      switch (step.what()) {
        case ORDERED -> append(batch(random, 0));
        case LATE -> append(batch(random, 3 * 86_400));
        case AGAIN -> {
          if (!sent.isEmpty()) append(sent.get(random.nextInt(sent.size())));
        }
        case REMOVE -> remove(random);
        case SEAL -> Settled.value(disk.store.seal());
        case CLOSE -> {
          disk.close();
          disk = StoreOnDisk.open(VERTX, folder);
        }
        case KILL -> {
          disk.abandon();
          disk = StoreOnDisk.open(VERTX, folder);
        }
      }
    }

    private List<Reading> batch(Random random, int late) {
      List<Reading> batch = new ArrayList<>();
      int size = 1 + random.nextInt(30);
      for (int i = 0; i < size; i++) {
        now += random.nextInt(4) == 0 ? random.nextInt(5000) : 0;
        long second = now - (late == 0 ? 0 : random.nextInt(late));
        double value = random.nextInt(10) == 0 ? random.nextGaussian() : random.nextInt(5) / 10.0;
        batch.add(new Reading(device(random), sensor(random), second, value));
      }
      return batch;
    }

    private void append(List<Reading> batch) {
      Settled.value(disk.store.append(batch));
      sent.add(batch);
      for (Reading reading : batch)
        model
            .computeIfAbsent(
                new Series(reading.device(), reading.sensor()), none -> new TreeMap<>())
            .put(reading.epochSecond(), reading.value());
    }

    private void remove(Random random) {
      Series series = new Series(device(random), sensor(random));
      long from = now - random.nextInt(4 * 86_400);
      long to = from + random.nextInt(86_400);
      Settled.value(disk.store.delete(series, new TimeRange(from, to)));
      TreeMap<Long, Double> readings = model.getOrDefault(series, new TreeMap<>());
      readings.subMap(from, true, to, true).clear();
      if (readings.isEmpty()) model.remove(series);
    }

    void compare(Random random) {
      Series series = new Series(device(random), sensor(random));
      TreeMap<Long, Double> expected = model.getOrDefault(series, new TreeMap<>());
      assertSame(read(series, TimeRange.ALWAYS, Integer.MAX_VALUE), expected, expected.size());
      long from = START - 86_400 + random.nextInt(4 * 86_400);
      long to = from + random.nextInt(2 * 86_400);
      int limit = 1 + random.nextInt(20);
      assertSame(
          read(series, new TimeRange(from, to), limit),
          expected.subMap(from, true, to, true),
          limit);
      for (Span span : Span.values()) compareSummaries(series, span);
      compareLatest(series.device());
    }

    private void compareSummaries(Series series, Span span) {
      List<Summary> found = Settled.value(disk.store.summaries(series, span, TimeRange.ALWAYS));
      List<Summary> expected = Summary.of(read(series, TimeRange.ALWAYS, Integer.MAX_VALUE), span);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        Summary made = expected.get(i);
        double close = 1e-12 * Math.max(1, Math.abs(made.sum()));
        assertThat(found.get(i).sum()).isCloseTo(made.sum(), within(close));
        double squares = 1e-12 * Math.max(1, made.squares());
        assertThat(found.get(i).squares()).isCloseTo(made.squares(), within(squares));
        assertThat(withoutSums(found.get(i))).isEqualTo(withoutSums(made));
      }
    }

    private static Summary withoutSums(Summary all) {
      return new Summary(
          all.start(),
          all.count(),
          0,
          0,
          all.min(),
          all.max(),
          all.firstTime(),
          all.first(),
          all.lastTime(),
          all.last());
    }

    private void compareLatest(DeviceId device) {
      Map<SensorId, Latest> expected = new HashMap<>();
      model.forEach(
          (series, readings) -> {
            if (series.device().equals(device)) expected.put(series.sensor(), latest(readings));
          });
      assertThat(Settled.value(disk.store.latest(List.of(device))))
          .isEqualTo(Map.of(device, expected));
    }

    private static Latest latest(TreeMap<Long, Double> readings) {
      Map.Entry<Long, Double> before = readings.lowerEntry(readings.lastKey());
      return new Latest(
          readings.lastKey(),
          readings.lastEntry().getValue(),
          before == null ? OptionalDouble.empty() : OptionalDouble.of(before.getValue()));
    }

    private Samples read(Series series, TimeRange range, int limit) {
      return Settled.value(disk.store.read(series, range, limit));
    }

    private static DeviceId device(Random random) {
      return new DeviceId(1 + random.nextInt(2));
    }

    private static SensorId sensor(Random random) {
      return new SensorId(10 + random.nextInt(2));
    }
  }

  private static void assertSame(Samples samples, Map<Long, Double> expected, int limit) {
    assertThat(samples.size()).isEqualTo(Math.min(limit, expected.size()));
    int i = 0;
    for (Map.Entry<Long, Double> reading : expected.entrySet()) {
      if (i == samples.size()) return;
      assertThat(samples.time(i)).isEqualTo(reading.getKey());
      assertThat(samples.value(i++)).isEqualTo(reading.getValue());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
