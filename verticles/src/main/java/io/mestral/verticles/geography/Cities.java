package io.mestral.verticles.geography;

import io.mestral.model.platform.FoldedText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Towns, the largest first, found by place in squares of a degree and by name in one text of all
 * names. Kept in columns: objects for some sixty thousand would take several times the room.
 */
final class Cities {
  /** A town is taken for a disc in which so many people live on each square kilometre. */
  private static final double DENSITY = 15_000;

  /** Further from the edge of a town than this, one isn't near it. */
  private static final double NEAR_KM = 50;

  /** As far as the largest town's middle may be for its edge to be near. */
  private static final double FAR_KM = NEAR_KM + 22;

  private static final double EARTH_RADIUS_KM = 6371;
  private static final double KM_PER_DEGREE = 111.2;
  private static final double UNITS = 1000;
  private static final int COLUMNS = 360;
  private static final int ROWS = 180;

  private final List<Row> rows;
  private final String names; // folded, a line feed before each
  private final int[] nameAt; // where each begins in them
  private final int[] bySquare;
  private final int[] squareAt; // where each square begins in bySquare

  /** A town as it is read: its place in thousandths of a degree. */
  private record Row(String country, int north, int east, int inhabitants, byte[] name) {
    static Row read(String line) {
      String[] cells = line.split("\t");
      return new Row(
          cells[0].intern(),
          Integer.parseInt(cells[1]),
          Integer.parseInt(cells[2]),
          Integer.parseInt(cells[3]),
          cells[4].getBytes(StandardCharsets.UTF_8));
    }

    City city() {
      String text = new String(name, StandardCharsets.UTF_8);
      return new City(text, country, north / UNITS, east / UNITS);
    }

    double radiusKm() {
      return Math.sqrt(inhabitants / DENSITY / Math.PI);
    }

    int square() {
      return Cities.square(north / UNITS, east / UNITS);
    }
  }

  /**
   * A town near a place.
   *
   * @param edgeKm how far its edge is; negative inside
   */
  record Near(City city, double edgeKm) {
    boolean isInside() {
      return edgeKm <= 0;
    }
  }

  private Cities(List<Row> rows) {
    this.rows = List.copyOf(rows);
    this.nameAt = new int[rows.size()];
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      all.append('\n');
      nameAt[i] = all.length();
      all.append(folded(rows.get(i).city().name()));
    }
    this.names = all.append('\n').toString();
    this.squareAt = new int[COLUMNS * ROWS + 1];
    this.bySquare = new int[rows.size()];
    sortIntoSquares();
  }

  /** A line for each: country's code, place, inhabitants, name. */
  static Cities read(BufferedReader lines) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine())
      rows.add(Row.read(line));
    return new Cities(rows);
  }

  private void sortIntoSquares() {
    for (Row row : rows) squareAt[row.square() + 1]++;
    for (int i = 1; i < squareAt.length; i++) squareAt[i] += squareAt[i - 1];
    int[] next = squareAt.clone();
    for (int i = 0; i < rows.size(); i++) bySquare[next[rows.get(i).square()]++] = i;
  }

  private static int square(double latitude, double longitude) {
    int row = Math.min(ROWS - 1, Math.max(0, (int) Math.floor(latitude + 90)));
    return row * COLUMNS + Math.floorMod((int) Math.floor(longitude + 180), COLUMNS);
  }

  /** The town whose edge is nearest, of that country if one is named; empty if none is near. */
  Optional<Near> nearest(double latitude, double longitude, Optional<String> country) {
    int beside = columnsBeside(latitude);
    Row best = null;
    double bestKm = NEAR_KM;
    for (int up = -1; up <= 1; up++) {
      if (latitude + up < -90 || latitude + up >= 90) continue;
      for (int right = -beside; right <= beside; right++) {
        int square = square(latitude + up, longitude + right);
        for (int i = squareAt[square]; i < squareAt[square + 1]; i++) {
          Row row = rows.get(bySquare[i]);
          if (country.isPresent() && !country.get().equals(row.country())) continue;
          double km = distanceKm(latitude, longitude, row) - row.radiusKm();
          if (km < bestKm) {
            best = row;
            bestKm = km;
          }
        }
      }
    }
    return best == null ? Optional.empty() : Optional.of(new Near(best.city(), bestKm));
  }

  /** How many squares to the east and west can hold a town that is near; all round near a pole. */
  private static int columnsBeside(double latitude) {
    double narrowest = Math.abs(latitude) + 1;
    if (narrowest >= 89) return COLUMNS / 2;
    double kmPerColumn = KM_PER_DEGREE * Math.cos(Math.toRadians(narrowest));
    return (int) Math.ceil(FAR_KM / kmPerColumn);
  }

  /** By the haversine formula. */
  private static double distanceKm(double latitude, double longitude, Row row) {
    double phi = Math.toRadians(latitude);
    double otherPhi = Math.toRadians(row.north() / UNITS);
    double up = Math.sin((otherPhi - phi) / 2);
    double right = Math.sin(Math.toRadians(row.east() / UNITS - longitude) / 2);
    double half = up * up + Math.cos(phi) * Math.cos(otherPhi) * right * right;
    return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
  }

  /** Those called so first, then those whose name begins so; the largest of each first. */
  List<City> named(String beginning, int most) {
    String wanted = folded(beginning);
    if (wanted.isEmpty()) return List.of();
    List<City> found = new ArrayList<>();
    add(found, "\n" + wanted + "\n", most);
    List<City> longer = new ArrayList<>();
    add(longer, "\n" + wanted, most);
    for (City city : longer) if (found.size() < most && !found.contains(city)) found.add(city);
    return found;
  }

  private void add(List<City> found, String pattern, int most) {
    for (int at = names.indexOf(pattern);
        at >= 0 && found.size() < most;
        at = names.indexOf(pattern, at + 1)) found.add(rows.get(rowAt(at + 1)).city());
  }

  private int rowAt(int name) {
    return java.util.Arrays.binarySearch(nameAt, name);
  }

  private static String folded(String text) {
    return String.join(" ", FoldedText.words(text));
  }
}
