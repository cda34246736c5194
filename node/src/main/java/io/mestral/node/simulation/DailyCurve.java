package io.mestral.node.simulation;

import java.time.Instant;

/**
 * A value that rises and falls with the hour of the day.
 *
 * @param middle the mean of the day
 * @param swing how far it goes either way
 * @param peakHour hour of the day (UTC) with the highest value
 * @param noise how far single readings stray
 */
record DailyCurve(double middle, double swing, double peakHour, double noise) {
  private static final double SECONDS_OF_A_DAY = 86_400;

  /**
   * The value at a moment.
   *
   * @param chance from -1 to 1, what strays
   */
  double at(Instant time, double chance) {
    double hours = Math.floorMod(time.getEpochSecond(), 86_400L) / SECONDS_OF_A_DAY * 24;
    return middle + swing * Math.cos((hours - peakHour) / 24 * 2 * Math.PI) + noise * chance;
  }
}
