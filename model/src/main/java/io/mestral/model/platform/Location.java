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
 */
public record Location(
    OptionalDouble latitude,
    OptionalDouble longitude,
    OptionalInt elevation,
    Optional<String> exposure,
    Optional<String> geohash) {

  /** Nowhere in particular. */
  public static final Location UNKNOWN =
      new Location(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());
}
