package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableReadings;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes days of a device in the new store what they are in the old one, and sees with its own eyes
 * that they are: what each side answers when it is read is compared by count and digest. A day that
 * has more readings than are to be in memory is compared in parts.
 */
final class DeviceMove {
  /** So many readings of each side are looked at together, as far as seconds go. */
  static final int READINGS_AT_ONCE = 100_000;

  private static final int MOST_DAYS_AT_ONCE = 16;
  private static final int MOST_ATTEMPTS = 5;

  private final MovableReadings from;
  private final MovableReadings to;
  private final Patience patience;
  private final MoveProgress progress;
  private final ReadingsMove.Wish wish;
  private final Filling filling;
  private final SummaryMove summaries;

  DeviceMove(
      ReadingsInUse inUse,
      MovableReadings to,
      Patience patience,
      MoveProgress progress,
      ReadingsMove.Wish wish) {
    this.from = inUse.store();
    this.to = to;
    this.patience = patience;
    this.progress = progress;
    this.wish = wish;
    filling = new Filling(to, patience, progress);
    summaries =
        new SummaryMove(inUse, to, new SummaryMove.Means(patience, progress, filling), wish);
  }

  /** A part of a device's day. */
  private record Place(DeviceId device, TimeRange range) {
    List<Place> halves() {
      long middle = range.from() + (range.to() - range.from()) / 2;
      return List.of(
          new Place(device, new TimeRange(range.from(), middle)),
          new Place(device, new TimeRange(middle + 1, range.to())));
    }

    /** What lies in one second can't be told apart. */
    int most() {
      return range.from() == range.to() ? Integer.MAX_VALUE : READINGS_AT_ONCE;
    }
  }

  /**
   * Compares days and brings over what differs.
   *
   * @param all days, ascending
   * @param first whether nothing of them is in the progress yet
   */
  void bring(DeviceId device, Collection<Long> all, boolean first) {
    filling.settle();
    List<Long> days = all.stream().filter(day -> day >= wish.firstDay()).toList();
    int width = 1;
    for (int at = 0; at < days.size(); ) {
      List<Long> some = days.subList(at, Math.min(days.size(), at + width));
      List<Day> compared = readings(device, some, first);
      summaries.bring(device, compared);
      progress.daysCompared(some.size());
      at += some.size();
      long readings = compared.stream().mapToLong(day -> day.digest().count()).sum();
      long each = Math.max(1, readings / some.size());
      width = (int) Math.max(1, Math.min(MOST_DAYS_AT_ONCE, READINGS_AT_ONCE / 2 / each));
    }
  }

  /**
   * Each day may have its part of what may be in memory; others are looked at again by themselves.
   */
  private List<Day> readings(DeviceId device, List<Long> days, boolean first) {
    List<Place> places =
        days.stream().map(day -> new Place(device, Touched.secondsOf(day))).toList();
    List<Optional<Day.Part>> parts = look(places, READINGS_AT_ONCE / days.size());
    List<Day> compared = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      Day day = new Day(days.get(i), days.get(i) < wish.firstReadings());
      if (parts.get(i).isPresent()) bring(places.get(i), parts.get(i).get(), day, first);
      else if (days.size() > 1) bring(places.get(i), day, first);
      else bringHalves(places.get(i), day, first);
      compared.add(day);
    }
    return compared;
  }

  private void bring(Place place, Day day, boolean first) {
    Optional<Day.Part> part = look(List.of(place), place.most()).get(0);
    if (part.isPresent()) bring(place, part.get(), day, first);
    else bringHalves(place, day, first);
  }

  private void bringHalves(Place place, Day day, boolean first) {
    for (Place half : place.halves()) bring(half, day, first);
  }

  private void bring(Place place, Day.Part part, Day day, boolean first) {
    day.add(part);
    if (day.isAged()) return;
    filling.change(
        place.device,
        place.range,
        first ? Digest.NONE : Difference.digestOf(part.there()),
        Difference.digestOf(part.wanted()),
        () -> makeSame(place, part));
  }

  private List<Optional<Day.Part>> look(List<Place> places, int most) {
    List<Supplier<Future<Optional<Map<SensorId, Samples>>>>> questions = new ArrayList<>();
    for (Place each : places) questions.add(() -> from.readings(each.device, each.range, most));
    for (Place each : places) questions.add(() -> to.readings(each.device, each.range, most));
    List<Optional<Map<SensorId, Samples>>> answers = patience.all(questions);
    List<Optional<Day.Part>> parts = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Optional<Map<SensorId, Samples>> there = answers.get(places.size() + i);
      parts.add(
          answers.get(i).flatMap(wanted -> there.map(theirs -> new Day.Part(wanted, theirs))));
    }
    return parts;
  }

  /** Until the new store says what the old one said when it was asked. */
  private void makeSame(Place place, Day.Part part) {
    Day.Part now = part;
    for (int attempt = 1; !now.isSame(); attempt++) {
      if (attempt > MOST_ATTEMPTS)
        throw MoveBroken.because(
            "device "
                + place.device
                + " on "
                + SummaryMove.date(Touched.dayOf(place.range.from()))
                + " doesn't become the same");
      Difference difference = Difference.of(place.device, now.wanted(), now.there());
      for (Difference.Excess excess : difference.excess()) {
        filling.remove(excess.series(), excess.range());
        progress.removed(excess.readings());
      }
      filling.load(difference.missing());
      now =
          new Day.Part(
              part.wanted(),
              patience
                  .get(() -> to.readings(place.device, place.range, Integer.MAX_VALUE))
                  .orElseThrow());
    }
  }
}
