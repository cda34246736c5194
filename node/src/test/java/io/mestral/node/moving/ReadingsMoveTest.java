package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
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
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Moves between two stores of the node's own, each in a folder, while readings come and go. */
@Timeout(60)
class ReadingsMoveTest {
  private static final long DAY = Span.DAY.seconds();
  private static final long START = 1_772_150_400L;
  private static final SensorId LIGHT = new SensorId(14);
  private static final ReadingsMove.Wish WISH = wish(Duration.ofSeconds(20), false);

  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private final Map<Series, TreeMap<Long, Double>> model = new HashMap<>();
  private final MoveProgress progress = new MoveProgress();
  private final AtomicInteger commits = new AtomicInteger();
  private final List<EmbeddedJournal> journals = new ArrayList<>();
  private final List<EmbeddedReadingStore> stores = new ArrayList<>();
  private EmbeddedReadingStore old;
  private EmbeddedReadingStore other;
  private ReadingsInUse inUse;

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

  @Test
  void everythingIsThereAfterwardsAndTheNodeUsesIt() {
    history(3, 4);
    move(other, () -> false);
    assertThat(inUse.store()).isSameAs(other);
    assertThat(commits).hasValue(1);
    assertHas(other);
    assertThat(progress.there()).isEqualTo(digestOfAll());
    assertThat(progress.copied()).isEqualTo(progress.there().count());
    append(reading(1, 14, START + 9 * DAY, 5));
    assertHas(other);
  }

  @Test
  void whatComesAndGoesMeanwhileIsAcknowledgedOnceAndThere() {
    history(4, 3);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> moving =
        begin(other, () -> false).whenComplete((n, f) -> done.set(true));
    Random random = new Random(7);
    while (!done.get()) change(random);
    moving.join();
    for (int i = 0; i < 50; i++) change(random);
    assertHas(other);
    assertThat(inUse.store()).isSameAs(other);
  }

  @Test
  void anAttemptThatBrokeOffIsGoneOnWith() {
    history(3, 6);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() -> move(other, () -> asked.incrementAndGet() > 40))
        .isInstanceOf(MoveBroken.class)
        .matches(broken -> ((MoveBroken) broken).wasAsked());
    assertThat(inUse.store()).isSameAs(old);
    assertThat(commits).hasValue(0);
    long before = progress.copied();
    assertThat(before).isPositive().isLessThan(digestOfAll().count());
    delete(new Series(new DeviceId(1), LIGHT), new TimeRange(START, START + DAY)); // not watched
    append(reading(1, 14, START + 2 * DAY, -5));
    move(other, () -> false);
    assertHas(other);
    assertThat(progress.copied()).isLessThan(before + digestOfAll().count());
  }

  @Test
  void whatTheNewStoreHasBeyondTheOldGoes() {
    history(2, 2);
    Settled.value(
        other.append(
            List.of(
                reading(1, 14, START + 1, 9), reading(1, 14, START, 8), reading(99, 3, START, 7))));
    move(other, () -> false);
    assertHas(other);
    assertThat(day(other, 99, START / DAY).values()).allMatch(samples -> samples.size() == 0);
    assertThat(progress.removed()).isEqualTo(2);
    assertThat(progress.there()).isEqualTo(digestOfAll());
  }

  @Test
  void aStoreThatIsAwayNowAndThenIsWaitedFor() {
    history(2, 3);
    AtomicInteger calls = new AtomicInteger();
    move(failing(other, name -> calls.incrementAndGet() % 9 == 0), () -> false);
    assertHas(other);
  }

  @Test
  void aStoreThatStaysAwayEndsTheMoveAndNothingElse() {
    history(2, 3);
    MovableReadings away = failing(other, name -> name.equals("load"));
    assertThatThrownBy(() -> run(away, wish(Duration.ZERO, false), () -> false))
        .isInstanceOf(MoveBroken.class)
        .hasMessage("it is away");
    assertThat(inUse.store()).isSameAs(old);
    append(reading(1, 14, START + 9 * DAY, 5));
    assertHas(old);
  }

  @Test
  void whatWasGivenUpForWantOfTimeIsBroughtToItsEndFirst() {
    history(1, 1);
    AtomicBoolean hangs = new AtomicBoolean(true);
    MovableReadings slow =
        proxy(
            other,
            (name, arguments, answer) -> {
              if (!name.equals("load") || !hangs.getAndSet(false)) return answer.get();
              return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "too slow"));
            });
    Patience patience = new Patience(Duration.ofSeconds(20), progress, () -> false);
    DeviceMove devices = new DeviceMove(inUse, slow, patience, progress, WISH);
    DeviceId device = new DeviceId(1);
    patience.hurry(Duration.ofMillis(100)); // less than is waited before it is asked again
    assertThatThrownBy(() -> devices.bring(device, List.of(START / DAY), false))
        .isInstanceOf(Patience.Late.class);
    patience.relax();
    delete(new Series(device, LIGHT), TimeRange.ALWAYS);
    devices.bring(device, List.of(START / DAY), false);
    assertThat(progress.copied()).isEqualTo(2 * 96);
    assertThat(progress.removed()).isEqualTo(96); // it was there: what comes late is behind that
    assertThat(progress.there()).isEqualTo(digestOfAll());
    assertHas(other);
  }

  @Test
  void aMoveThatCannotBeWrittenDownIsNone() {
    history(1, 1);
    ReadingsMove move =
        new ReadingsMove(
            inUse,
            other,
            WISH,
            progress,
            () -> false,
            () -> {
              throw new IOException("disk full");
            });
    assertThatThrownBy(move::run).hasMessage("the move can't be written down: disk full");
    assertThat(inUse.store()).isSameAs(old);
    append(reading(1, 14, START + 9 * DAY, 5));
    assertHas(old);
  }

  @Test
  void ofWhatHasPassedItsAgeTheHoursGoUntilTheyHavePassedTheirs() {
    history(2, 4);
    long first = START / DAY;
    run(
        other,
        new ReadingsMove.Wish(Duration.ofSeconds(20), false, first + 1, first + 2),
        () -> false);
    assertThat(progress.there().count()).isEqualTo(digestOfAll().count() / 2);
    assertThat(day(other, 1, first)).isEmpty();
    assertThat(day(other, 1, first + 1).values()).hasSize(2).allMatch(its -> its.size() == 0);
    assertThat(day(other, 1, first + 2).values()).hasSize(2).allMatch(its -> its.size() == 96);
    TimeRange since = new TimeRange(START + DAY, Long.MAX_VALUE);
    for (Series series : model.keySet())
      assertThat(Settled.value(other.summaries(series, Span.HOUR, TimeRange.ALWAYS)))
          .usingElementComparator(ReadingsMoveTest::compared)
          .isEqualTo(Settled.value(old.summaries(series, Span.HOUR, since)))
          .hasSize(3 * 24);
  }

  @Test
  void hoursThatAreAllThatIsLeftGoAsTheyAreAndAreCompared() {
    history(1, 3);
    MovableReadings aged = onlyHoursOf(old, START);
    inUse = new ReadingsInUse(vertx, aged);
    Series light = new Series(new DeviceId(1), LIGHT);
    List<Summary> hours = Settled.value(old.summaries(light, Span.HOUR, TimeRange.ALWAYS));
    List<Summary> wrong =
        Summary.of(new Samples(new long[] {START + 7200}, new double[] {1}, 1), Span.HOUR);
    Settled.value(other.loadHours(new DeviceId(1), Map.of(LIGHT, wrong, new SensorId(3), wrong)));
    move(other, () -> false);
    assertThat(inUse.store()).isSameAs(other);
    assertThat(Settled.value(other.summaries(light, Span.HOUR, TimeRange.ALWAYS)))
        .usingElementComparator(ReadingsMoveTest::compared)
        .isEqualTo(hours);
    assertThat(Settled.value(other.read(light, TimeRange.ALWAYS, 9)).time(0))
        .isEqualTo(START + DAY);
    Series strange = new Series(new DeviceId(1), new SensorId(3));
    assertThat(Settled.value(other.summaries(strange, Span.HOUR, TimeRange.ALWAYS))).isEmpty();
    assertThat(progress.hoursLeft()).isZero();
  }

  @Test
  void hoursThatDoNotBecomeTheSameEndTheMove() {
    history(1, 2);
    inUse = new ReadingsInUse(vertx, onlyHoursOf(old, START));
    MovableReadings forgetful =
        proxy(
            other,
            (name, arguments, answer) ->
                name.equals("loadHours") ? Future.succeededFuture() : answer.get());
    assertThatThrownBy(() -> move(forgetful, () -> false))
        .isInstanceOf(MoveBroken.class)
        .hasMessageContaining("the hours of 2026-02-27, which are all that is left, don't become");
    assertThat(inUse.store()).isNotSameAs(forgetful);
  }

  @Test
  void hoursBesideReadingsOfTheSameDayAreNotLostSilently() {
    history(1, 2);
    inUse = new ReadingsInUse(vertx, halfOf(old, START));
    assertThatThrownBy(() -> move(other, () -> false))
        .isInstanceOf(MoveBroken.class)
        .hasMessageContaining("of 2026-02-27 hours are left whose readings are gone");
    run(other, wish(Duration.ofSeconds(20), true), () -> false);
    assertThat(inUse.store()).isSameAs(other);
    assertThat(progress.hoursLeft()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aDayOfMoreReadingsThanAreToBeInMemoryGoesInParts() {
    EmbeddedReadingStore large = store("large", 1_000_000);
    EmbeddedReadingStore larger = store("larger", 1_000_000);
    inUse = new ReadingsInUse(vertx, large);
    List<Reading> readings = new ArrayList<>();
    for (int second = 0; second < 40_000; second++)
      for (int sensor = 1; sensor <= 6; sensor++)
        readings.add(reading(1, sensor, START + 2L * second, second % 97 + sensor));
    append(readings.toArray(Reading[]::new));
    append(reading(1, 1, START + DAY, 5));
    AtomicInteger most = new AtomicInteger();
    move(watching(larger, most), () -> false);
    assertHas(larger);
    assertThat(progress.there()).isEqualTo(digestOfAll());
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(DeviceMove.READINGS_AT_ONCE);
  }

  @Test
  void whatTheOldStoreShowsLaterIsNotLeftBehind() {
    Settled.value(other.append(List.of(reading(1, 14, START + 12 * DAY, 3)))); // removed below
    Late late = new Late(old);
    inUse = new ReadingsInUse(vertx, late.store());
    history(3, 4);
    append(reading(1, 14, START + 12 * DAY, 3));
    assertThatThrownBy(() -> delete(new Series(new DeviceId(1), LIGHT), TimeRange.ALWAYS))
        .hasMessageContaining("later");
    model.get(new Series(new DeviceId(1), LIGHT)).clear();
    AtomicBoolean appended = new AtomicBoolean();
    move(
        other,
        () -> {
          if (progress.days() > 0 && appended.compareAndSet(false, true))
            append(reading(2, 14, START + 8 * DAY, 5));
          return false;
        });
    assertThat(appended).isTrue();
    assertHas(other);
    assertThat(inUse.store()).isSameAs(other);
  }

  @Test
  void whatIsNeverCarriedOverEndsTheMove() {
    Late late = new Late(old);
    inUse = new ReadingsInUse(vertx, late.store());
    history(1, 1);
    late.carries = false;
    assertThatThrownBy(() -> run(other, wish(Duration.ZERO, false), () -> false))
        .isInstanceOf(MoveBroken.class)
        .hasMessage("1 records of the journal are not carried over");
    assertThat(inUse.store()).isSameAs(late.store());
  }

  /** A store that acknowledges at once what readers see when somebody has waited for it. */
  private static final class Late {
    private final ArrayDeque<Supplier<Object>> kept = new ArrayDeque<>();
    private final MovableReadings store;
    private volatile boolean carries = true;
    private long carried;

    Late(MovableReadings behind) {
      store = proxy(behind, this::answer);
    }

    MovableReadings store() {
      return store;
    }

    private Object answer(String name, Object[] arguments, Supplier<Object> answer) {
      switch (name) {
        case "append":
          keep(answer);
          return Future.succeededFuture();
        case "delete":
          keep(answer);
          return Future.failedFuture(
              new RefusedException(Refusal.UNAVAILABLE, "it will be removed later"));
        case "backlog":
          long until = until();
          return (LongSupplier) () -> leftOf(until);
        case "carried":
          while (leftOf(until()) > 0) carryOne();
          return Future.succeededFuture();
        default:
          return answer.get();
      }
    }

    private synchronized void keep(Supplier<Object> change) {
      kept.addLast(change);
    }

    private synchronized long until() {
      return carried + kept.size();
    }

    private synchronized long leftOf(long until) {
      if (carries && carried < until) carryOne();
      return Math.max(0, until - carried);
    }

    private synchronized void carryOne() {
      if (kept.isEmpty()) return;
      Settled.value((Future<?>) kept.removeFirst().get());
      carried++;
    }
  }

  private static ReadingsMove.Wish wish(Duration absence, boolean leaveHours) {
    return new ReadingsMove.Wish(
        absence, leaveHours, ReadingsMove.Wish.EVER, ReadingsMove.Wish.EVER);
  }

  private EmbeddedReadingStore store(String name, int openReadings) {
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

  private void move(MovableReadings to, BooleanSupplier stopped) {
    run(to, WISH, stopped);
  }

  private void run(MovableReadings to, ReadingsMove.Wish wish, BooleanSupplier stopped) {
    new ReadingsMove(inUse, to, wish, progress, stopped, commits::incrementAndGet).run();
  }

  private CompletableFuture<Void> begin(MovableReadings to, BooleanSupplier stopped) {
    return CompletableFuture.runAsync(() -> move(to, stopped));
  }

  /** A store that refuses some calls, as one does that is away. */
  private static MovableReadings failing(MovableReadings store, Predicate<String> fails) {
    return proxy(
        store,
        (name, arguments, answer) ->
            fails.test(name)
                ? Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "it is away"))
                : answer.get());
  }

  /** A store that has let go of the readings of a day, and not of their hours. */
  private static MovableReadings onlyHoursOf(MovableReadings store, long second) {
    return readingsOf(store, second, (sensor, samples) -> Samples.EMPTY);
  }

  /** The same, of the first half of each. */
  private static MovableReadings halfOf(MovableReadings store, long second) {
    return readingsOf(
        store,
        second,
        (sensor, samples) -> {
          int from = samples.size() / 2;
          long[] times = new long[samples.size() - from];
          double[] values = new double[times.length];
          for (int i = 0; i < times.length; i++) {
            times[i] = samples.time(from + i);
            values[i] = samples.value(from + i);
          }
          return new Samples(times, values, times.length);
        });
  }

  private static MovableReadings readingsOf(
      MovableReadings store, long second, BiFunction<SensorId, Samples, Samples> left) {
    return proxy(
        store,
        (name, arguments, answer) ->
            name.equals("readings") && ((TimeRange) arguments[1]).from() / DAY == second / DAY
                ? ReadingsMoveTest.<Optional<Map<SensorId, Samples>>>cast(answer.get())
                    .map(
                        found -> {
                          found.ifPresent(all -> all.replaceAll(left));
                          return found;
                        })
                : answer.get());
  }

  @SuppressWarnings("unchecked")
  private static <T> Future<T> cast(Object answer) {
    return (Future<T>) answer;
  }

  /** Sees how many readings at most are told together. */
  private static MovableReadings watching(MovableReadings store, AtomicInteger most) {
    return proxy(
        store,
        (name, arguments, answer) ->
            name.equals("readings")
                ? ReadingsMoveTest.<Optional<Map<SensorId, Samples>>>cast(answer.get())
                    .onSuccess(
                        found ->
                            found.ifPresent(
                                all ->
                                    most.accumulateAndGet(
                                        all.values().stream().mapToInt(Samples::size).sum(),
                                        Math::max)))
                : answer.get());
  }

  private static Map<SensorId, Samples> day(MovableReadings store, int device, long day) {
    return Settled.value(
            store.readings(new DeviceId(device), Touched.secondsOf(day), Integer.MAX_VALUE))
        .orElseThrow();
  }

  /** But for what rounding makes of sums. */
  private static int compared(Summary one, Summary other) {
    boolean alike =
        one.start() == other.start()
            && one.count() == other.count()
            && one.min() == other.min()
            && one.max() == other.max()
            && one.firstTime() == other.firstTime()
            && one.lastTime() == other.lastTime()
            && Math.abs(one.sum() - other.sum()) < 1e-6;
    return alike ? 0 : 1;
  }

  private interface Answering {
    Object answer(String name, Object[] arguments, Supplier<Object> answer);
  }

  private static MovableReadings proxy(MovableReadings store, Answering answering) {
    return (MovableReadings)
        Proxy.newProxyInstance(
            ReadingsMoveTest.class.getClassLoader(),
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

  private void history(int devices, int days) {
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

  private void change(Random random) {
    int device = 1 + random.nextInt(4);
    int sensor = random.nextBoolean() ? 14 : 55;
    long second = START + random.nextInt((int) (6 * DAY)) / 900 * 900L;
    if (random.nextInt(5) == 0)
      delete(
          new Series(new DeviceId(device), new SensorId(sensor)),
          new TimeRange(second, second + random.nextInt(10_000)));
    else
      append(
          reading(device, sensor, second, random.nextInt(1000) / 4.0),
          reading(device, sensor, second + 1, random.nextInt(1000) / 4.0));
  }

  private void append(Reading... readings) {
    Settled.value(inUse.append(List.of(readings)));
    for (Reading each : readings)
      model
          .computeIfAbsent(new Series(each.device(), each.sensor()), none -> new TreeMap<>())
          .put(each.epochSecond(), each.value());
  }

  private void delete(Series series, TimeRange range) {
    Settled.value(inUse.delete(series, range));
    model
        .getOrDefault(series, new TreeMap<>())
        .subMap(range.from(), true, range.to(), true)
        .clear();
  }

  private void assertHas(MovableReadings store) {
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

  private Digest digestOfAll() {
    Digest all = Digest.NONE;
    for (Map.Entry<Series, TreeMap<Long, Double>> each : model.entrySet())
      all = all.and(Digest.of(each.getKey().sensor(), samples(each.getValue())));
    return all;
  }

  private static Samples samples(TreeMap<Long, Double> readings) {
    return new Samples(
        readings.keySet().stream().mapToLong(Long::longValue).toArray(),
        readings.values().stream().mapToDouble(Double::doubleValue).toArray(),
        readings.size());
  }

  private static Reading reading(int device, int sensor, long second, double value) {
    return new Reading(new DeviceId(device), new SensorId(sensor), second, value);
  }
}
