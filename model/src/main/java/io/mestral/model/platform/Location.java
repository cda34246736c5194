package io.mestral.model.platform;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a device stands, as far as its owner says.
 *
 * @param latitude degrees north, WGS 84, as shown: cut to five decimals, fuzzed unless precise
 * @param longitude degrees east
 * @param elevation metres
 * @param exposure {@code indoor} or {@code outdoor}
 * @param geohash ten characters, present when latitude and longitude are
 * @param city the town it stands in or near, where there is one
 * @param countryCode ISO 3166 alpha-2, where it stands in a country
 */
public record Location(
    OptionalDouble latitude,
    OptionalDouble longitude,
    OptionalInt elevation,
    Optional<String> exposure,
    Optional<String> geohash,
    Optional<String> city,
    Optional<String> countryCode) {

  /** Nowhere in particular. */
  public static final Location UNKNOWN =
      new Location(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  /** A place of which nobody has looked up yet in which town it is. */
  public Location(
      OptionalDouble latitude,
      OptionalDouble longitude,
      OptionalInt elevation,
      Optional<String> exposure,
      Optional<String> geohash) {
    this(latitude, longitude, elevation, exposure, geohash, Optional.empty(), Optional.empty());
  }

  /** The same place, in that town of that country. */
  public Location in(Optional<String> town, Optional<String> country) {
    return new Location(latitude, longitude, elevation, exposure, geohash, town, country);
  }
}
