package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.place.Coordinates;
import io.mestral.smartapi.model.place.GeospatialContext;
import io.mestral.smartapi.model.place.Polygon;
import io.mestral.smartapi.model.place.Ring;
import io.mestral.smartapi.model.place.Zone;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The area that a GeospatialContext or a Zone means: all its rings and polygons together (Smart
 * API, section 3.2, areas).
 */
public final class Area {
  private static final Measure METRES = Measure.in(new Iri(Namespaces.UNIT + "M"));
  private static final String POINT = "geo:location with a geo:Point of geo:lat and geo:long";

  private final List<Predicate<Position>> parts = new ArrayList<>();
  private final Optional<BigDecimal> lowest;
  private final Optional<BigDecimal> highest;

  private Area(Optional<ValueObject> altitudes, Units units) {
    lowest = altitudes.flatMap(range -> metres(range, range.minimum(), units));
    highest = altitudes.flatMap(range -> metres(range, range.maximum(), units));
  }

  /**
   * Reads a GeospatialContext.
   *
   * @param context its rings, polygons and range of altitudes
   * @param units what radii and altitudes are converted by
   * @return the area
   * @throws SmartApiException of type InvalidParams if it has none of them, a Ring without outer
   *     radius or middle, or a Polygon of fewer than three corners; of type UnitError if a radius
   *     is no length
   */
  public static Area of(GeospatialContext context, Units units) {
    Area area = new Area(context.altitudeRange(), units);
    area.addAll(context.rings(), context.polygons(), units);
    if (area.parts.isEmpty() && area.lowest.isEmpty() && area.highest.isEmpty()) {
      throw invalid(
          context, "The GeospatialContext has no area: smartapi:ring or smartapi:polygon");
    }
    return area;
  }

  /**
   * Reads the area of a Zone.
   *
   * @param zone the Zone
   * @param units what radii are converted by
   * @return the area, or nothing when the Zone has neither rings nor polygons
   * @throws SmartApiException as {@link #of(GeospatialContext, Units)} does
   */
  public static Optional<Area> of(Zone zone, Units units) {
    Area area = new Area(Optional.empty(), units);
    area.addAll(zone.rings(), zone.polygons(), units);
    return area.parts.isEmpty() ? Optional.empty() : Optional.of(area);
  }

  /**
   * Says whether something is in the area.
   *
   * @param object what has {@code geo:location}s
   * @return whether one of them is in the area; false when none has latitude and longitude, or,
   *     where altitudes are limited, an altitude
   */
  public boolean contains(Obj object) {
    return object.objects(Geo.LOCATION, Coordinates::at).stream().anyMatch(this::holds);
  }

  private boolean holds(Coordinates point) {
    Optional<Position> position = position(point);
    return position.isPresent()
        && (parts.isEmpty() || parts.stream().anyMatch(part -> part.test(position.get())))
        && isAtHeight(point);
  }

  private boolean isAtHeight(Coordinates point) {
    if (lowest.isEmpty() && highest.isEmpty()) {
      return true;
    }
    Optional<BigDecimal> height = height(point);
    return height.isPresent()
        && (lowest.isEmpty() || height.get().compareTo(lowest.get()) >= 0)
        && (highest.isEmpty() || height.get().compareTo(highest.get()) <= 0);
  }

  private static Optional<BigDecimal> height(Coordinates point) {
    return point.value(Geo.ALT).map(Variant::asBigDecimal);
  }

  private void addAll(List<Ring> rings, List<Polygon> polygons, Units units) {
    rings.forEach(ring -> parts.add(ring(ring, units)));
    polygons.forEach(polygon -> parts.add(polygon(polygon)));
  }

  private static Predicate<Position> ring(Ring ring, Units units) {
    Position middle =
        ring.location()
            .flatMap(point -> position(point))
            .or(() -> position(ring)) // as the published SDK's search writes it
            .orElseThrow(() -> invalid(ring, "The Ring has no middle: " + POINT));
    double outer =
        ring.maxRadius()
            .flatMap(radius -> metres(radius, radius.value(), units))
            .orElseThrow(() -> invalid(ring, "The Ring has no outer radius: smartapi:maxRadius"))
            .doubleValue();
    double inner =
        ring.minRadius()
            .flatMap(radius -> metres(radius, radius.value(), units))
            .map(BigDecimal::doubleValue)
            .orElse(0.0);
    return place -> {
      double distance = middle.distanceTo(place);
      return inner <= distance && distance <= outer;
    };
  }

  private static Predicate<Position> polygon(Polygon polygon) {
    RdfList points =
        polygon
            .points()
            .flatMap(list -> RdfList.read(polygon.graph(), list))
            .orElseThrow(() -> invalid(polygon, "The Polygon has no corners: smartapi:list"));
    try {
      return new Outline(corners(polygon, points))::contains;
    } catch (IllegalArgumentException e) {
      throw invalid(polygon, "The Polygon is none, " + e.getMessage() + ": three corners or more");
    }
  }

  private static List<Position> corners(Polygon polygon, RdfList points) {
    List<Position> corners = new ArrayList<>();
    if (points instanceof NudeList pairs && pairs.hasTuples()) {
      double[] latitudes = column(pairs, "lat", 0, polygon);
      double[] longitudes = column(pairs, "long", 1, polygon);
      for (int at = 0; at < latitudes.length; at++) {
        corners.add(new Position(latitudes[at], longitudes[at]));
      }
      return corners;
    }
    for (Optional<Term> point : points.terms()) {
      corners.add(
          point
              .filter(Resource.class::isInstance)
              .flatMap(node -> position(Obj.at(polygon.graph(), (Resource) node)))
              .orElseThrow(
                  () -> invalid(polygon, "A corner of the Polygon is no place: " + POINT)));
    }
    return corners;
  }

  private static double[] column(NudeList pairs, String name, int otherwise, Polygon polygon) {
    if (!pairs.columnNames().isEmpty()) {
      return pairs.column(name).toDoubles();
    }
    if (pairs.columns().size() < 2) {
      throw invalid(polygon, "The Polygon's corners have no longitude: [lat, long]");
    }
    return pairs.columns().get(otherwise).toDoubles();
  }

  private static Optional<Position> position(Obj point) {
    Optional<Variant> north = point.value(Geo.LAT);
    Optional<Variant> east = point.value(Geo.LONG);
    if (north.isEmpty() || east.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Position(north.get().asDouble(), east.get().asDouble()));
    } catch (IllegalArgumentException e) {
      throw invalid(point, e.getMessage() + ": degrees from -90 to 90 and from -180 to 180");
    }
  }

  private static Optional<BigDecimal> metres(
      ValueObject length, Optional<Variant> value, Units units) {
    Measure given = new Measure(length.unit(), length.quantityKind());
    return value.map(
        number ->
            given.unit().isEmpty()
                ? number.asBigDecimal()
                : units.convert(number.asBigDecimal(), given, METRES));
  }

  private static SmartApiException invalid(Obj at, String wrong) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, wrong + " is wanted.", at.node());
  }
}
