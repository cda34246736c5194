package io.mestral.storage.search;

/**
 * A part of the earth: what stands inside is listed, the nearest first.
 *
 * @param latitude degrees north of its middle
 * @param longitude degrees east of its middle
 * @param kilometres how far it reaches, over the ground
 */
public record Near(double latitude, double longitude, double kilometres) {
  /** The earth's mean radius. */
  public static final double EARTH_KILOMETRES = 6_371;

  private static final double KILOMETRES_PER_DEGREE = Math.PI * EARTH_KILOMETRES / 180;

  /** Refuses what is on no globe. */
  public Near {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && kilometres >= 0))
      throw new IllegalArgumentException("near " + latitude + "," + longitude);
  }

  /** How many degrees to the north and to the south it reaches at most. */
  public double reach() {
    return Math.min(180, kilometres / KILOMETRES_PER_DEGREE);
  }
}
