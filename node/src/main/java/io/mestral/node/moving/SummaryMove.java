package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what the stores say of whole days. It is derived; but in the old store hours may be all
 * that is left of a day, and go as they are. In the new one an attempt that broke off may have left
 * it wrong.
 */
final class SummaryMove {
  private final ReadingsInUse inUse;
  private final MovableReadings from;
  private final MovableReadings to;
  private final Means means;
  private final ReadingsMove.Wish wish;

  /** How it asks, tells and changes something. */
  record Means(Patience patience, MoveProgress progress, Filling filling) {}

  SummaryMove(ReadingsInUse inUse, MovableReadings to, Means means, ReadingsMove.Wish wish) {
    this.inUse = inUse;
    this.from = inUse.store();
    this.to = to;
    this.means = means;
    this.wish = wish;
  }

  /** The summaries of a series in one store, by their first second. */
  private record Told(Map<Long, Summary> days, Map<Long, List<Summary>> hours) {
    boolean has(Day day) {
      return days.containsKey(day.first()) || !hoursOf(day).isEmpty();
    }

    List<Summary> hoursOf(Day day) {
      return hours.getOrDefault(day.first(), List.of());
    }

    boolean isAlike(Told other, Day day) {
      List<Summary> mine = hoursOf(day);
      List<Summary> theirs = other.hoursOf(day);
      if (mine.size() != theirs.size()) return false;
      for (int i = 0; i < mine.size(); i++)
        if (!SummaryMove.isAlike(mine.get(i), theirs.get(i))) return false;
      Summary all = days.get(day.first());
      Summary its = other.days.get(day.first());
      return all == null || its == null ? all == its : SummaryMove.isAlike(all, its);
    }
  }

  /** Days whose readings are the same in both stores by now. */
  void bring(DeviceId device, List<Day> days) {
    Set<SensorId> sensors = new HashSet<>();
    for (Day day : days) sensors.addAll(day.sensors());
    boolean allNew = days.stream().allMatch(Day::isNew);
    TimeRange range = rangeOf(days);
    Map<SensorId, List<Day>> alone = new HashMap<>();
    for (SensorId sensor : sensors) {
      Series series = new Series(device, sensor);
      Map<Long, Summary> old = days(from, series, range);
      Map<Long, Summary> its = allNew ? Map.of() : days(to, series, range);
      List<Day> left = new ArrayList<>();
      for (Day day : days)
        if (isAlone(series, day, Optional.ofNullable(old.get(day.first())))) left.add(day);
        else if (!day.isNew() && !isSummedUp(day, sensor, its)) sumUpAnew(series, day);
      if (!left.isEmpty()) alone.put(sensor, left);
    }
    if (!alone.isEmpty()) bringHours(device, alone);
  }

  /** Whether hours are all that is left of a sensor's day. */
  private boolean isAlone(Series series, Day day, Optional<Summary> told) {
    long readings = day.of(series.sensor()).map(Summary::count).orElse(0L);
    if (told.isEmpty() || told.get().count() <= readings || isTouched(series, day)) return false;
    if (readings == 0) return true;
    partlyAlone(series, day);
    return false;
  }

  /** Changes may have come between two questions; then this day is looked at again. */
  private boolean isTouched(Series series, Day day) {
    return means.patience.get(() -> inUse.isTouched(series.device(), day.number()));
  }

  private void partlyAlone(Series series, Day day) {
    means.progress.hoursLeftBehind();
    if (!wish.leaveHours())
      throw MoveBroken.because(
          nameOf(series)
              + ": of "
              + date(day.number())
              + " hours are left whose readings are gone, beside others that have theirs, and such"
              + " can't be moved; to leave them behind ask with leave_hours (--leave-hours)");
  }

  private static boolean isSummedUp(Day day, SensorId sensor, Map<Long, Summary> its) {
    Optional<Summary> expected = day.of(sensor);
    Summary there = its.get(day.first());
    if (expected.isEmpty() || there == null) return expected.isEmpty() && there == null;
    return isAlike(expected.get(), there);
  }

  private static boolean isAlike(Summary one, Summary other) {
    double rounding = 1e-9 * Math.max(Math.abs(one.min()), Math.abs(one.max()));
    return one.count() == other.count()
        && one.firstTime() == other.firstTime()
        && one.lastTime() == other.lastTime()
        && one.min() == other.min()
        && one.max() == other.max()
        && Math.abs(one.sum() - other.sum()) <= rounding * one.count();
  }

  /** What is removed and brought again is summed up again. */
  private void sumUpAnew(Series series, Day day) {
    Samples samples = means.patience.get(() -> from.read(series, day.seconds(), Integer.MAX_VALUE));
    List<Summary> wanted = Summary.of(samples, Span.DAY);
    boolean changed = wanted.stream().mapToLong(Summary::count).sum() != countOf(series, day);
    if (changed && isTouched(series, day)) return;
    Map<SensorId, Samples> all = day.isAged() ? Map.of() : Map.of(series.sensor(), samples);
    Digest digest = day.digest();
    means.filling.change(
        series.device(),
        day.seconds(),
        digest,
        digest,
        () -> {
          means.filling.remove(series, day.seconds());
          means.filling.load(Difference.of(series.device(), all, Map.of()).missing());
        });
    if (!isSummedUp(day, series.sensor(), days(to, series, day.seconds())))
      throw MoveBroken.because(
          nameOf(series) + ": the new store sums up " + date(day.number()) + " wrongly");
  }

  private static long countOf(Series series, Day day) {
    return day.of(series.sensor()).map(Summary::count).orElse(0L);
  }

  private void bringHours(DeviceId device, Map<SensorId, List<Day>> alone) {
    Map<SensorId, List<Summary>> missing = new HashMap<>();
    alone.forEach(
        (sensor, days) -> {
          Series series = new Series(device, sensor);
          Told old = told(from, series, days);
          Told its = told(to, series, days);
          List<Summary> some = new ArrayList<>();
          for (Day day : days) {
            if (old.isAlike(its, day)) continue;
            if (its.has(day)) means.filling.remove(series, day.seconds());
            some.addAll(old.hoursOf(day));
          }
          if (!some.isEmpty()) missing.put(sensor, some);
        });
    if (missing.isEmpty()) return;
    means.filling.loadHours(device, missing);
    for (SensorId sensor : missing.keySet())
      requireSame(new Series(device, sensor), alone.get(sensor));
  }

  private void requireSame(Series series, List<Day> days) {
    Told old = told(from, series, days);
    Told its = told(to, series, days);
    for (Day day : days)
      if (!old.isAlike(its, day) && !isTouched(series, day))
        throw MoveBroken.because(
            nameOf(series)
                + ": the hours of "
                + date(day.number())
                + ", which are all that is left, don't become the same");
  }

  private Told told(MovableReadings store, Series series, List<Day> days) {
    TimeRange range = rangeOf(days);
    Map<Long, List<Summary>> hours = new HashMap<>();
    for (Summary each : means.patience.get(() -> store.summaries(series, Span.HOUR, range)))
      hours.computeIfAbsent(Span.DAY.startOf(each.start()), day -> new ArrayList<>()).add(each);
    return new Told(days(store, series, range), hours);
  }

  private Map<Long, Summary> days(MovableReadings store, Series series, TimeRange range) {
    Map<Long, Summary> found = new HashMap<>();
    for (Summary each : means.patience.get(() -> store.summaries(series, Span.DAY, range)))
      found.put(each.start(), each);
    return found;
  }

  private static TimeRange rangeOf(List<Day> days) {
    return new TimeRange(days.get(0).first(), days.get(days.size() - 1).seconds().to());
  }

  private static String nameOf(Series series) {
    return "device " + series.device() + ", sensor " + series.sensor().value();
  }

  static LocalDate date(long day) {
    return LocalDate.ofEpochDay(day);
  }
}
