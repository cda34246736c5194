package io.mestral.verticles.http.map;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Points written down: the elements of each column, without its brackets. */
final class Columns {
  /** In the order in which they are shown. */
  enum Name {
    ID,
    LAT,
    LON,
    NAME,
    FLAGS,
    AT,
    VALUE,
    SENSOR
  }

  private static final Set<Name> PLACE = EnumSet.of(Name.ID, Name.LAT, Name.LON, Name.NAME);

  private final Points points;
  private final Map<Name, Piece> pieces = new EnumMap<>(Name.class);

  private Columns(Points points) {
    this.points = points;
  }

  /**
   * Writes the points down.
   *
   * @param earlier ones of which the pieces that say the same are used again
   */
  static Columns of(Points points, List<Columns> earlier) {
    Columns columns = new Columns(points);
    columns.writeValues();
    for (Columns each : earlier) {
      if (!isSamePlaces(points.places(), each.points.places())) continue;
      for (Name name : PLACE) columns.pieces.put(name, each.piece(name));
      if (Arrays.equals(points.flags(), each.points.flags()))
        columns.pieces.put(Name.FLAGS, each.piece(Name.FLAGS));
    }
    if (!columns.pieces.containsKey(Name.ID)) columns.writePlaces();
    if (!columns.pieces.containsKey(Name.FLAGS)) columns.writeFlags();
    return columns;
  }

  private static boolean isSamePlaces(List<Place> some, List<Place> others) {
    if (some.size() != others.size()) return false;
    for (int i = 0; i < some.size(); i++) if (some.get(i) != others.get(i)) return false;
    return true;
  }

  private void writePlaces() {
    int size = points.size();
    ColumnText ids = new ColumnText(size);
    ColumnText latitudes = new ColumnText(size);
    ColumnText longitudes = new ColumnText(size);
    ColumnText names = new ColumnText(size);
    for (Place place : points.places()) {
      ids.add(place.id().value());
      latitudes.add(place.latitude());
      longitudes.add(place.longitude());
      names.add(place.name());
    }
    pieces.put(Name.ID, ids.piece());
    pieces.put(Name.LAT, latitudes.piece());
    pieces.put(Name.LON, longitudes.piece());
    pieces.put(Name.NAME, names.piece());
  }

  private void writeFlags() {
    ColumnText flags = new ColumnText(points.size());
    for (int each : points.flags()) flags.add(each);
    pieces.put(Name.FLAGS, flags.piece());
  }

  private void writeValues() {
    int size = points.size();
    ColumnText times = new ColumnText(size);
    ColumnText values = new ColumnText(size);
    ColumnText sensors = new ColumnText(size);
    for (int i = 0; i < size; i++) {
      if (points.hasValue(i)) {
        times.add(points.at()[i]);
        values.add(points.values()[i]);
        sensors.add(points.sensors()[i]);
      } else {
        times.addNull();
        values.addNull();
        sensors.addNull();
      }
    }
    pieces.put(Name.AT, times.piece());
    pieces.put(Name.VALUE, values.piece());
    pieces.put(Name.SENSOR, sensors.piece());
  }

  boolean isEmpty() {
    return points.size() == 0;
  }

  Points points() {
    return points;
  }

  Piece piece(Name name) {
    return pieces.get(name);
  }
}
