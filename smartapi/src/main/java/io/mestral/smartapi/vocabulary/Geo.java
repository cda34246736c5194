package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** Positions in WGS84. */
public final class Geo {
  /** The namespace, {@code http://www.w3.org/2003/01/geo/wgs84_pos#}. */
  public static final String NAMESPACE = "http://www.w3.org/2003/01/geo/wgs84_pos#";

  /** {@code geo:Point}: a position; the Coordinates of the object model. */
  public static final Iri POINT = new Iri(NAMESPACE + "Point");

  /** {@code geo:location}: where something is. */
  public static final Iri LOCATION = new Iri(NAMESPACE + "location");

  /** {@code geo:lat}: latitude in degrees, north positive. */
  public static final Iri LAT = new Iri(NAMESPACE + "lat");

  /** {@code geo:long}: longitude in degrees, east positive. */
  public static final Iri LONG = new Iri(NAMESPACE + "long");

  /** {@code geo:alt}: height above the ellipsoid in metres. */
  public static final Iri ALT = new Iri(NAMESPACE + "alt");

  private Geo() {}
}
