package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Moves of days of which the hours are all that is left, or all that is wanted. */
class HoursMoveTest extends ReadingsMoveFixture {
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
          .usingElementComparator(HoursMoveTest::compared)
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
        .usingElementComparator(HoursMoveTest::compared)
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
                ? ReadingsMoveFixture.<Optional<Map<SensorId, Samples>>>cast(answer.get())
                    .map(
                        found -> {
                          found.ifPresent(all -> all.replaceAll(left));
                          return found;
                        })
                : answer.get());
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
}
