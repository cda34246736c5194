package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Moves between two stores while readings come and go. */
class ReadingsMoveTest extends ReadingsMoveFixture {
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

  /** Sees how many readings at most are told together. */
  private static MovableReadings watching(MovableReadings store, AtomicInteger most) {
    return proxy(
        store,
        (name, arguments, answer) ->
            name.equals("readings")
                ? ReadingsMoveFixture.<Optional<Map<SensorId, Samples>>>cast(answer.get())
                    .onSuccess(
                        found ->
                            found.ifPresent(
                                all ->
                                    most.accumulateAndGet(
                                        all.values().stream().mapToInt(Samples::size).sum(),
                                        Math::max)))
                : answer.get());
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
}
