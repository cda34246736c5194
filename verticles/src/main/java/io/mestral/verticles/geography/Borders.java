package io.mestral.verticles.geography;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;

/** The countries' outlines: rings of points in hundredths of a degree. */
final class Borders {
  private static final double UNITS = 100;

  private final List<Ring> rings;

  private Borders(List<Ring> rings) {
    this.rings = rings;
  }

  /** A line for each ring: the country's code, and the points as steps east and north. */
  static Borders read(BufferedReader lines) throws IOException {
    List<Ring> rings = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine())
      rings.add(Ring.read(new StringTokenizer(line)));
    return new Borders(rings);
  }

  /** A place is in a country when it is inside an odd number of its rings: some are holes. */
  Optional<String> countryAt(double latitude, double longitude) {
    double x = longitude * UNITS;
    double y = latitude * UNITS;
    Set<String> odd = new HashSet<>(2);
    for (Ring ring : rings)
      if (ring.contains(x, y) && !odd.add(ring.country)) odd.remove(ring.country);
    return odd.stream().min(String::compareTo);
  }

  private static final class Ring {
    private final String country;
    private final short[] xs;
    private final short[] ys;
    private int west = Short.MAX_VALUE;
    private int east = Short.MIN_VALUE;
    private int south = Short.MAX_VALUE;
    private int north = Short.MIN_VALUE;

    private Ring(String country, int points) {
      this.country = country;
      this.xs = new short[points];
      this.ys = new short[points];
    }

    static Ring read(StringTokenizer words) {
      Ring ring = new Ring(words.nextToken().intern(), words.countTokens() / 2);
      int x = 0;
      int y = 0;
      for (int i = 0; i < ring.xs.length; i++) {
        x += Integer.parseInt(words.nextToken());
        y += Integer.parseInt(words.nextToken());
        ring.put(i, x, y);
      }
      return ring;
    }

    private void put(int at, int x, int y) {
      xs[at] = (short) x;
      ys[at] = (short) y;
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }

    /** Whether a line from the point to the east meets the ring an odd number of times. */
    boolean contains(double x, double y) {
      if (x < west || x > east || y < south || y > north) return false;
      boolean inside = false;
      for (int i = 0, before = xs.length - 1; i < xs.length; before = i++) {
        boolean crosses = ys[i] > y != ys[before] > y;
        if (crosses
            && x < (double) (xs[before] - xs[i]) * (y - ys[i]) / (ys[before] - ys[i]) + xs[i])
          inside = !inside;
      }
      return inside;
    }
  }
}
