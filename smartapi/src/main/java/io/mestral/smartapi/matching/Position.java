package io.mestral.smartapi.matching;

/**
 * A place on the earth in WGS84.
 *
 * @param latitude degrees, −90 to 90
 * @param longitude degrees, −180 to 180
 */
record Position(double latitude, double longitude) {
  /** Mean radius of the earth in metres, by which distances are told (Smart API, section 3.2). */
  private static final double EARTH_RADIUS = 6_371_008.8;

  Position {
    if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException(
          "latitude " + latitude + ", longitude " + longitude + " is no place on the earth");
    }
  }

  /** Metres to another place along a great circle, by the haversine formula. */
  double distanceTo(Position other) {
    double phi = Math.toRadians(latitude);
    double otherPhi = Math.toRadians(other.latitude);
    double half = Math.sin((otherPhi - phi) / 2);
    double halfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double h = half * half + Math.cos(phi) * Math.cos(otherPhi) * halfLongitude * halfLongitude;
    return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, h)));
  }
}
