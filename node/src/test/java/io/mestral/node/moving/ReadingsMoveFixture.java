package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two stores of the node's own, each in a folder, and what is to be in them. */
@Timeout(60)
abstract class ReadingsMoveFixture {
  static final long DAY = Span.DAY.seconds();
  static final long START = 1_772_150_400L;
  static final SensorId LIGHT = new SensorId(14);
  static final ReadingsMove.Wish WISH = wish(Duration.ofSeconds(20), false);

  @TempDir Path temp;
  final Vertx vertx = Vertx.vertx();
  final Map<Series, TreeMap<Long, Double>> model = new HashMap<>();
  final MoveProgress progress = new MoveProgress();
  final AtomicInteger commits = new AtomicInteger();
  final List<EmbeddedJournal> journals = new ArrayList<>();
  final List<EmbeddedReadingStore> stores = new ArrayList<>();
  EmbeddedReadingStore old;
  EmbeddedReadingStore other;
  ReadingsInUse inUse;

  @BeforeEach
  void open() {
    old = store("old", 5000);
    other = store("other", 5000);
    inUse = new ReadingsInUse(vertx, old);
  }

  @AfterEach
  void close() {
    stores.forEach(store -> Settled.value(store.close()));
    journals.forEach(journal -> Settled.value(journal.close()));
    Settled.value(vertx.close());
  }

  static ReadingsMove.Wish wish(Duration absence, boolean leaveHours) {
    return new ReadingsMove.Wish(
        absence, leaveHours, ReadingsMove.Wish.EVER, ReadingsMove.Wish.EVER);
  }

  EmbeddedReadingStore store(String name, int openReadings) {
    StorageOptions options =
        new StorageOptions(
            temp.resolve(name), Optional.empty(), openReadings, 64 << 20, Retention.FOREVER);
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx,
            options.dataDir().resolve("journal"),
            JournalOptions.from(options),
            new SimpleMeterRegistry());
    journals.add(journal);
    EmbeddedReadingStore store =
        EmbeddedReadingStore.open(
            vertx, journal, options, new SimpleMeterRegistry(), Clock.systemUTC());
    stores.add(store);
    return store;
  }

  void move(MovableReadings to, BooleanSupplier stopped) {
    run(to, WISH, stopped);
  }

  void run(MovableReadings to, ReadingsMove.Wish wish, BooleanSupplier stopped) {
    new ReadingsMove(inUse, to, wish, progress, stopped, commits::incrementAndGet).run();
  }

  @SuppressWarnings("unchecked")
  static <T> Future<T> cast(Object answer) {
    return (Future<T>) answer;
  }

  static Map<SensorId, Samples> day(MovableReadings store, int device, long day) {
    return Settled.value(
            store.readings(new DeviceId(device), Touched.secondsOf(day), Integer.MAX_VALUE))
        .orElseThrow();
  }

  interface Answering {
    Object answer(String name, Object[] arguments, Supplier<Object> answer);
  }

  static MovableReadings proxy(MovableReadings store, Answering answering) {
    return (MovableReadings)
        Proxy.newProxyInstance(
            ReadingsMoveFixture.class.getClassLoader(),
            new Class<?>[] {MovableReadings.class},
            (self, method, arguments) ->
                answering.answer(
                    method.getName(),
                    arguments,
                    () -> {
                      try {
                        return method.invoke(store, arguments);
                      } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new AssertionError(e);
                      }
                    }));
  }

  void history(int devices, int days) {
    for (int device = 1; device <= devices; device++) {
      List<Reading> readings = new ArrayList<>();
      for (int day = 0; day < days; day++)
        for (int i = 0; i < 96; i++)
          for (int sensor : new int[] {14, 55})
            readings.add(
                reading(device, sensor, START + day * DAY + i * 900L, i * 0.25 + sensor + device));
      append(readings.toArray(Reading[]::new));
    }
  }

  void append(Reading... readings) {
    Settled.value(inUse.append(List.of(readings)));
    for (Reading each : readings)
      model
          .computeIfAbsent(new Series(each.device(), each.sensor()), none -> new TreeMap<>())
          .put(each.epochSecond(), each.value());
  }

  void delete(Series series, TimeRange range) {
    Settled.value(inUse.delete(series, range));
    model
        .getOrDefault(series, new TreeMap<>())
        .subMap(range.from(), true, range.to(), true)
        .clear();
  }

  void assertHas(MovableReadings store) {
    model.forEach(
        (series, readings) -> {
          Samples expected = samples(readings);
          assertThat(Settled.value(store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE)))
              .isEqualTo(expected);
          List<Summary> days = Settled.value(store.summaries(series, Span.DAY, TimeRange.ALWAYS));
          assertThat(days.stream().mapToLong(Summary::count).sum()).isEqualTo(expected.size());
        });
    assertThat(model).isNotEmpty();
  }

  Digest digestOfAll() {
    Digest all = Digest.NONE;
    for (Map.Entry<Series, TreeMap<Long, Double>> each : model.entrySet())
      all = all.and(Digest.of(each.getKey().sensor(), samples(each.getValue())));
    return all;
  }

  static Samples samples(TreeMap<Long, Double> readings) {
    return new Samples(
        readings.keySet().stream().mapToLong(Long::longValue).toArray(),
        readings.values().stream().mapToDouble(Double::doubleValue).toArray(),
        readings.size());
  }

  static Reading reading(int device, int sensor, long second, double value) {
    return new Reading(new DeviceId(device), new SensorId(sensor), second, value);
  }
}
