package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of old readings in every store that is told how long to keep them. */
public abstract class RetentionContract {
  protected static final long DAY = 86_400;

  /** 2026-04-01T00:00:00Z. */
  protected static final long APRIL = 1_775_001_600;

  /** A moment of the day after the last reading. */
  protected static final long NOW = APRIL + 20 * DAY + 5;

  protected static final Series NOISE = new Series(new DeviceId(42), new SensorId(53));

  /** The store that is open. */
  protected abstract ReadingStore store();

  /**
   * Opens the store, or closes it and opens it again, and succeeds when it has let go of what is
   * old.
   *
   * @param rawDays how long readings are kept; 0 is for ever
   * @param rollupDays how long hours and days are; 0 is for ever
   */
  protected abstract void open(int rawDays, int rollupDays);

  /** Makes the store put away what it holds in memory, if it holds any there. */
  protected abstract void settle();

  /** Moves the store's clock, which shows {@link #NOW}, and lets the store look at it. */
  protected abstract void pass(long seconds);

  /** How many readings the store says came too late since it was opened. */
  protected abstract int tooLate();

  @BeforeEach
  void fortyDaysOfReadings() {
    open(0, 0);
    List<Reading> readings = new ArrayList<>();
    for (long second = APRIL - 20 * DAY; second < APRIL + 20 * DAY; second += 1800)
      for (int device = 41; device < 45; device++)
        readings.add(
            new Reading(new DeviceId(device), NOISE.sensor(), second, second / 1800 % 77 / 10.0));
    Settled.value(store().append(readings));
    settle();
  }

  @Test
  void oldReadingsGoAndTheirHoursAndDaysStay() {
    List<Summary> hours = summaries(Span.HOUR);
    List<Summary> days = summaries(Span.DAY);
    for (int round = 0; round < 2; round++) {
      open(10, 0);
      assertThat(read().size()).isEqualTo(10 * 48);
      assertThat(read().time(0)).isEqualTo(APRIL + 10 * DAY);
      assertThat(summaries(Span.HOUR)).isEqualTo(hours);
      assertThat(summaries(Span.DAY)).isEqualTo(days);
    }
  }

  @Test
  void aDayPassesAndADayMoreGoes() {
    open(10, 0);
    pass(DAY + 1);
    assertThat(read().size()).isEqualTo(9 * 48);
  }

  @Test
  void whatIsOlderThanItsHoursMayBeIsGone() {
    open(5, 12);
    assertThat(summaries(Span.DAY)).hasSize(12);
    assertThat(summaries(Span.DAY).get(0).start()).isEqualTo(APRIL + 8 * DAY);
    assertThat(summaries(Span.HOUR)).hasSize(12 * 24);
    assertThat(read().size()).isEqualTo(5 * 48);
  }

  @Test
  void whatComesLateForAnOldDayChangesItNoMore() {
    open(10, 0);
    List<Summary> hours = summaries(Span.HOUR);
    Settled.value(store().append(List.of(new Reading(NOISE.device(), NOISE.sensor(), APRIL, 9))));
    for (int round = 0; round < 2; round++) {
      assertThat(summaries(Span.HOUR)).isEqualTo(hours);
      settle();
    }
    assertThat(read().time(0)).isEqualTo(APRIL + 10 * DAY);
  }

  @Test
  void ofAnOldDayThatWasNotKnownHoursAndDaysAreKept() {
    open(10, 0);
    int tooLate = tooLate();
    Series light = new Series(NOISE.device(), new SensorId(14));
    Series newcomer = new Series(new DeviceId(77), NOISE.sensor());
    long second = APRIL - 3 * DAY;
    for (Series series : List.of(light, newcomer)) {
      append(series, second + 3599, 5);
      append(series, second, 2);
      append(series, second + 7 * 3600, 4);
      Samples all =
          new Samples(
              new long[] {second, second + 3599, second + 7 * 3600}, new double[] {2, 5, 4}, 3);
      for (int round = 0; round < 2; round++) {
        for (Span span : Span.values())
          assertThat(Settled.value(store().summaries(series, span, TimeRange.ALWAYS)))
              .isEqualTo(Summary.of(all, span));
        pass(2 * DAY);
      }
      assertThat(Settled.value(store().read(series, TimeRange.ALWAYS, 10)))
          .isEqualTo(Samples.EMPTY);
      assertThat(tooLate()).isEqualTo(tooLate);
      append(series, second + 1, 9);
      assertThat(Settled.value(store().summaries(series, Span.DAY, TimeRange.ALWAYS)))
          .isEqualTo(Summary.of(all, Span.DAY));
      assertThat(tooLate()).isEqualTo(++tooLate);
    }
    assertThat(summaries(Span.HOUR)).hasSize(40 * 24);
  }

  private void append(Series series, long second, double value) {
    Settled.value(
        store().append(List.of(new Reading(series.device(), series.sensor(), second, value))));
    settle();
  }

  @Test
  void whatWasLetGoOfDoesNotComeBackWhenMoreIsKept() {
    List<Summary> hours = summaries(Span.HOUR);
    open(10, 0);
    open(0, 0);
    Settled.value(store().append(List.of(new Reading(NOISE.device(), NOISE.sensor(), APRIL, 9))));
    settle();
    assertThat(read().time(0)).isEqualTo(APRIL + 10 * DAY);
    assertThat(summaries(Span.HOUR)).isEqualTo(hours);
  }

  @Test
  void hoursThatARangeTouchesCanStillBeRemoved() {
    open(10, 0);
    List<Summary> left =
        summaries(Span.HOUR).stream()
            .filter(hour -> hour.start() < APRIL - 2 * DAY + 3600 || hour.start() > APRIL + 3 * DAY)
            .toList();
    Settled.value(store().delete(NOISE, new TimeRange(APRIL - 2 * DAY + 4000, APRIL + 3 * DAY)));
    for (int round = 0; round < 2; round++) {
      assertThat(summaries(Span.HOUR)).isEqualTo(left);
      settle();
    }
  }

  @Test
  void theNewestReadingIsKnownHoweverOldItIs() {
    Latest latest = latest();
    pass(30 * DAY);
    open(10, 20);
    assertThat(read()).isEqualTo(Samples.EMPTY);
    assertThat(latest()).isEqualTo(latest);
  }

  protected final List<Summary> summaries(Span span) {
    return Settled.value(store().summaries(NOISE, span, TimeRange.ALWAYS));
  }

  protected final Samples read() {
    return Settled.value(store().read(NOISE, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private Latest latest() {
    return Settled.value(store().latest(List.of(NOISE.device())))
        .get(NOISE.device())
        .get(NOISE.sensor());
  }
}
