package io.mestral.smartapi.matching;

import java.util.List;

/**
 * The inside of a closed line of places: even-odd rule, border inside, edges straight in latitude
 * and longitude; an edge crosses the antimeridian where that is the shorter way (Smart API, section
 * 3.2, areas).
 */
final class Outline {
  private final double[] latitudes;
  private final double[] longitudes; // unrolled: neighbours are never more than 180 degrees apart

  /** At least three places; the last may repeat the first. */
  Outline(List<Position> corners) {
    int count = corners.size();
    if (count > 1 && corners.get(0).equals(corners.get(count - 1))) {
      count--;
    }
    if (count < 3) {
      throw new IllegalArgumentException("a polygon has three corners or more, this has " + count);
    }
    latitudes = new double[count + 1];
    longitudes = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      Position corner = corners.get(i % count);
      latitudes[i] = corner.latitude();
      longitudes[i] = i == 0 ? corner.longitude() : near(corner.longitude(), longitudes[i - 1]);
    }
  }

  /** Whether a place is inside or on the border. */
  boolean contains(Position place) {
    boolean inside = false;
    for (int turn = -2; turn <= 2; turn++) {
      double longitude = place.longitude() + 360 * turn;
      if (onBorder(place.latitude(), longitude)) {
        return true;
      }
      inside ^= oddCrossings(place.latitude(), longitude);
    }
    return inside;
  }

  private boolean oddCrossings(double latitude, double longitude) {
    boolean odd = false;
    for (int i = 0; i + 1 < latitudes.length; i++) {
      boolean above = latitudes[i] > latitude;
      if (above != latitudes[i + 1] > latitude) {
        double share = (latitude - latitudes[i]) / (latitudes[i + 1] - latitudes[i]);
        double crossing = longitudes[i] + share * (longitudes[i + 1] - longitudes[i]);
        odd ^= longitude < crossing;
      }
    }
    return odd;
  }

  private boolean onBorder(double latitude, double longitude) {
    for (int i = 0; i + 1 < latitudes.length; i++) {
      double height = latitudes[i + 1] - latitudes[i];
      double width = longitudes[i + 1] - longitudes[i];
      double cross = (longitude - longitudes[i]) * height - (latitude - latitudes[i]) * width;
      if (Math.abs(cross) <= 1e-12 * Math.max(1, Math.abs(height) + Math.abs(width))
          && between(latitude, latitudes[i], latitudes[i + 1])
          && between(longitude, longitudes[i], longitudes[i + 1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean between(double value, double one, double other) {
    return value >= Math.min(one, other) - 1e-12 && value <= Math.max(one, other) + 1e-12;
  }

  /** The longitude, some whole turns away, that is nearest to another one. */
  private static double near(double longitude, double other) {
    double nearest = longitude;
    while (nearest - other > 180) {
      nearest -= 360;
    }
    while (nearest - other < -180) {
      nearest += 360;
    }
    return nearest;
  }
}
