package io.mestral.verticles.http.device;

import io.mestral.model.platform.Location;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.geography.Whereabouts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Where a device is shown, which need not be where its owner says it is (spec 3.4). */
final class Placement {
  private static final double FUZZ_DEGREES = 0.001;
  private static final int DECIMALS = 5;
  private static final int GEOHASH_LENGTH = 10;

  private final DoubleSupplier random;
  private final Supplier<Geography> world;

  /**
   * @param random numbers from 0 to 1
   * @param world asked when somebody stands somewhere
   */
  Placement(DoubleSupplier random, Supplier<Geography> world) {
    this.random = random;
    this.world = world;
  }

  /** The same place with its town and country, where nobody has looked them up yet. */
  Location named(Location place) {
    boolean isKnown = place.city().isPresent() || place.countryCode().isPresent();
    if (isKnown || place.latitude().isEmpty() || place.longitude().isEmpty()) return place;
    Whereabouts found =
        world.get().at(place.latitude().getAsDouble(), place.longitude().getAsDouble());
    return place.in(found.city(), found.countryCode());
  }

  /** The place as it is kept: fuzzed unless precise, cut, with its geohash and town. */
  Location shown(Location given, boolean precise) {
    if (given.latitude().isEmpty() || given.longitude().isEmpty())
      return with(given, given.latitude(), given.longitude(), Optional.empty());
    double latitude = Math.min(90, cut(given.latitude().getAsDouble() + fuzz(precise)));
    double longitude = Math.min(180, cut(given.longitude().getAsDouble() + fuzz(precise)));
    return named(
        with(
            given,
            OptionalDouble.of(latitude),
            OptionalDouble.of(longitude),
            Optional.of(Geohash.of(latitude, longitude, GEOHASH_LENGTH))));
  }

  private double fuzz(boolean precise) {
    return precise ? 0 : random.getAsDouble() * FUZZ_DEGREES;
  }

  private static double cut(double degrees) {
    return BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.DOWN).doubleValue();
  }

  private static Location with(
      Location given, OptionalDouble latitude, OptionalDouble longitude, Optional<String> geohash) {
    return new Location(latitude, longitude, given.elevation(), given.exposure(), geohash);
  }
}
