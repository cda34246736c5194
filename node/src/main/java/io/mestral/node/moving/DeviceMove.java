package io.mestral.node.moving;

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
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes days of a device in the new store what they are in the old one, and sees with its own eyes
 * that they are: what each side answers when it is read is compared by count and digest.
 */
final class DeviceMove {
  /** So many readings are looked at together, as far as days go. */
  private static final int READINGS_AT_ONCE = 200_000;

  private static final int MOST_DAYS_AT_ONCE = 16;
  private static final int READINGS_IN_A_BATCH = 10_000;
  private static final int MOST_ATTEMPTS = 5;

  private final ReadingsInUse inUse;
  private final MovableReadings from;
  private final MovableReadings to;
  private final Patience patience;
  private final MoveProgress progress;
  private final ReadingsMove.Wish wish;

  /** What the new store had of days that an end of patience has left in the middle. */
  private final Map<Touched, Digest> begun = new HashMap<>();

  DeviceMove(
      ReadingsInUse inUse,
      MovableReadings to,
      Patience patience,
      MoveProgress progress,
      ReadingsMove.Wish wish) {
    this.inUse = inUse;
    this.from = inUse.store();
    this.to = to;
    this.patience = patience;
    this.progress = progress;
    this.wish = wish;
  }

  /** A day as both have it. */
  private record Day(long day, Map<SensorId, Samples> wanted, Map<SensorId, Samples> there) {
    boolean isSame() {
      return Difference.digestOf(wanted).equals(Difference.digestOf(there));
    }

    boolean isNew() {
      return !isSame() && there.values().stream().allMatch(its -> its.size() == 0);
    }

    long readings() {
      return wanted.values().stream().mapToLong(Samples::size).sum();
    }

    Samples of(SensorId sensor) {
      return wanted.getOrDefault(sensor, Samples.EMPTY);
    }

    TimeRange seconds() {
      return Touched.secondsOf(day);
    }
  }

  /**
   * Compares days and brings over what differs.
   *
   * @param all days, ascending
   * @param first whether nothing of them is in the progress yet
   */
  void bring(DeviceId device, Collection<Long> all, boolean first) {
    List<Long> days = all.stream().filter(day -> day >= wish.firstDay()).toList();
    int width = 1;
    for (int at = 0; at < days.size(); ) {
      List<Long> some = days.subList(at, Math.min(days.size(), at + width));
      List<Day> looked = look(device, some);
      Set<Long> fresh = new HashSet<>();
      for (Day day : looked) {
        if (day.isNew()) fresh.add(day.day);
        bring(device, day, first ? Digest.NONE : Difference.digestOf(day.there));
      }
      compareDays(device, looked, fresh);
      progress.daysCompared(some.size());
      at += some.size();
      long readings = looked.stream().mapToLong(Day::readings).sum();
      long each = Math.max(1, readings / some.size());
      width = (int) Math.max(1, Math.min(MOST_DAYS_AT_ONCE, READINGS_AT_ONCE / each));
    }
  }

  private void bring(DeviceId device, Day day, Digest before) {
    Touched place = new Touched(device, day.day, day.day);
    begun.putIfAbsent(place, before);
    makeSame(device, day);
    progress.became(begun.remove(place), Difference.digestOf(day.wanted));
  }

  private List<Day> look(DeviceId device, List<Long> days) {
    List<Supplier<Future<Map<SensorId, Samples>>>> questions = new ArrayList<>();
    for (long day : days) questions.add(() -> from.day(device, day));
    for (long day : days) questions.add(() -> to.day(device, day));
    List<Map<SensorId, Samples>> answers = patience.all(questions);
    List<Day> looked = new ArrayList<>();
    for (int i = 0; i < days.size(); i++)
      looked.add(new Day(days.get(i), answers.get(i), answers.get(days.size() + i)));
    return looked;
  }

  /** Until the new store says what the old one said when it was asked. */
  private void makeSame(DeviceId device, Day day) {
    Day now = day;
    for (int attempt = 1; !now.isSame(); attempt++) {
      if (attempt > MOST_ATTEMPTS)
        throw MoveBroken.because(
            "device " + device + " on " + date(day.day) + " doesn't become the same");
      Difference difference = Difference.of(device, now.wanted, now.there);
      for (Difference.Excess excess : difference.excess()) {
        patience.get(() -> to.delete(excess.series(), excess.range()));
        progress.removed(excess.readings());
      }
      load(difference.missing());
      now = new Day(day.day, day.wanted, patience.get(() -> to.day(device, day.day)));
    }
  }

  /** What one device measured at one second stays together. */
  private void load(List<Reading> readings) {
    for (int at = 0; at < readings.size(); ) {
      int end = Math.min(readings.size(), at + READINGS_IN_A_BATCH);
      while (end < readings.size()
          && readings.get(end).epochSecond() == readings.get(end - 1).epochSecond()) end++;
      List<Reading> batch = readings.subList(at, end);
      patience.get(() -> to.load(batch));
      progress.copied(batch.size());
      at = end;
    }
  }

  /**
   * What the stores say of whole days is derived. In the old one it may be all that is left; in the
   * new one an attempt that broke off may have left it wrong, but not of days that came now.
   */
  private void compareDays(DeviceId device, List<Day> days, Set<Long> fresh) {
    Set<SensorId> sensors = new HashSet<>();
    for (Day day : days) {
      sensors.addAll(day.wanted.keySet());
      sensors.addAll(day.there.keySet());
    }
    TimeRange range =
        new TimeRange(days.get(0).seconds().from(), days.get(days.size() - 1).seconds().to());
    boolean allFresh = fresh.size() == days.size();
    for (SensorId sensor : sensors) {
      Series series = new Series(device, sensor);
      Map<Long, Summary> old = summaries(from, series, range);
      Map<Long, Summary> its = allFresh ? Map.of() : summaries(to, series, range);
      for (Day day : days) {
        Summary had = old.get(day.seconds().from());
        if (had != null && had.count() > day.of(sensor).size()) hoursAlone(series, day.day);
        if (!fresh.contains(day.day) && !isAlike(day, sensor, its)) sumUpAnew(series, day);
      }
    }
  }

  private Map<Long, Summary> summaries(MovableReadings store, Series series, TimeRange range) {
    Map<Long, Summary> found = new HashMap<>();
    for (Summary each : patience.get(() -> store.summaries(series, Span.DAY, range)))
      found.put(each.start(), each);
    return found;
  }

  private static boolean isAlike(Day day, SensorId sensor, Map<Long, Summary> its) {
    List<Summary> expected = Summary.of(day.of(sensor), Span.DAY);
    Summary there = its.get(day.seconds().from());
    if (expected.isEmpty() || there == null) return expected.isEmpty() && there == null;
    Summary wanted = expected.get(0);
    double rounding = 1e-9 * Math.max(Math.abs(wanted.min()), Math.abs(wanted.max()));
    return wanted.count() == there.count()
        && wanted.firstTime() == there.firstTime()
        && wanted.lastTime() == there.lastTime()
        && wanted.min() == there.min()
        && wanted.max() == there.max()
        && Math.abs(wanted.sum() - there.sum()) <= rounding * wanted.count();
  }

  /** What is removed and brought again is summed up again. */
  private void sumUpAnew(Series series, Day day) {
    patience.get(() -> to.delete(series, day.seconds()));
    Difference all =
        Difference.of(series.device(), Map.of(series.sensor(), day.of(series.sensor())), Map.of());
    load(all.missing());
    if (!isAlike(day, series.sensor(), summaries(to, series, day.seconds())))
      throw MoveBroken.because(
          "device "
              + series.device()
              + ", sensor "
              + series.sensor().value()
              + ": the new store sums up "
              + date(day.day)
              + " wrongly");
  }

  /** Changes may have come between the two questions; then this day is looked at again. */
  private void hoursAlone(Series series, long day) {
    if (patience.get(() -> inUse.isTouched(series.device(), day))) return;
    progress.hoursLeftBehind();
    if (!wish.leaveHours())
      throw MoveBroken.because(
          "device "
              + series.device()
              + ", sensor "
              + series.sensor().value()
              + ": of "
              + date(day)
              + " hours are left whose readings are gone, and hours alone can't be moved; to leave"
              + " such behind ask with leave_hours (--leave-hours)");
  }

  private static LocalDate date(long day) {
    return LocalDate.ofEpochDay(day);
  }
}
