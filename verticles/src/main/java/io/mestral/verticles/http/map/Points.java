package io.mestral.verticles.http.map;

import io.mestral.model.reading.LatestRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Devices with what is shown of them, in columns.
 *
 * @param places where
 * @param flags of the place and of the moment
 * @param at when the value was read; {@link #NEVER} where there is none
 * @param values as shown
 * @param sensors whose value it is
 */
record Points(List<Place> places, int[] flags, long[] at, double[] values, int[] sensors) {
  static final long NEVER = Long.MIN_VALUE;

  private static final long ONLINE_SECONDS = 3_600;

  /**
   * Those of the devices that ever said anything.
   *
   * @param values as shown, a value for each row that has one
   * @param now epoch second
   */
  static Points of(
      List<Place> all, LatestRows rows, double[] values, long now, Predicate<Place> wanted) {
    Points points = sized(all.size());
    for (int row = 0; row < all.size(); row++) {
      Place place = all.get(row);
      if (!rows.wasHeard(row) || !wanted.test(place)) continue;
      boolean online = rows.heardAt(row) > now - ONLINE_SECONDS;
      points.add(
          place,
          online ? place.flags() | Place.ONLINE : place.flags(),
          rows.has(row) ? rows.epochSecond(row) : NEVER,
          values[row],
          rows.has(row) ? rows.sensor(row).value() : 0);
    }
    return points.trimmed();
  }

  /** Some of these. */
  Points only(Predicate<Place> wanted) {
    Points some = sized(size());
    for (int i = 0; i < size(); i++)
      if (wanted.test(places.get(i)))
        some.add(places.get(i), flags[i], at[i], values[i], sensors[i]);
    return some.trimmed();
  }

  private static Points sized(int size) {
    return new Points(
        new ArrayList<>(size), new int[size], new long[size], new double[size], new int[size]);
  }

  private void add(Place place, int flag, long when, double value, int sensor) {
    int i = places.size();
    places.add(place);
    flags[i] = flag;
    at[i] = when;
    values[i] = value;
    sensors[i] = sensor;
  }

  private Points trimmed() {
    int size = size();
    return new Points(
        places,
        Arrays.copyOf(flags, size),
        Arrays.copyOf(at, size),
        Arrays.copyOf(values, size),
        Arrays.copyOf(sensors, size));
  }

  int size() {
    return places.size();
  }

  boolean hasValue(int i) {
    return at[i] != NEVER;
  }

  boolean sameAs(Points others) {
    return places.equals(others.places)
        && Arrays.equals(flags, others.flags)
        && Arrays.equals(at, others.at)
        && Arrays.equals(values, others.values)
        && Arrays.equals(sensors, others.sensors);
  }
}
