package io.mestral.verticles.http.device;

/** Places as short texts: neighbours share a beginning. */
final class Geohash {
  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS_PER_CHARACTER = 5;

  private Geohash() {}

  static String of(double latitude, double longitude, int length) {
    double[] lat = {-90, 90};
    double[] lon = {-180, 180};
    StringBuilder text = new StringBuilder(length);
    boolean even = true; // longitude comes first
    while (text.length() < length) {
      int character = 0;
      for (int bit = 0; bit < BITS_PER_CHARACTER; bit++) {
        character = character << 1 | (even ? halve(lon, longitude) : halve(lat, latitude));
        even = !even;
      }
      text.append(ALPHABET.charAt(character));
    }
    return text.toString();
  }

  private static int halve(double[] range, double value) {
    double middle = (range[0] + range[1]) / 2;
    int upper = value >= middle ? 1 : 0;
    range[1 - upper] = middle;
    return upper;
  }
}
