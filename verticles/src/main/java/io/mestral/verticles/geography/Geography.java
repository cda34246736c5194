package io.mestral.verticles.geography;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The world as far as it is shipped. Never changes; any thread may ask. */
public final class Geography {
  private final Borders borders;
  private final Cities cities;

  private Geography(Borders borders, Cities cities) {
    this.borders = borders;
    this.cities = cities;
  }

  /** The one that is part of the program; reading it takes a moment the first time. */
  public static Geography shipped() {
    return Shipped.WORLD;
  }

  private static final class Shipped {
    static final Geography WORLD =
        new Geography(read("borders.txt.gz", Borders::read), read("cities.tsv.gz", Cities::read));
  }

  /** What a file's lines make. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(BufferedReader lines) throws IOException;
  }

  private static <T> T read(String name, Reading<T> reading) {
    try (InputStream in = Geography.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("the program lacks " + name);
      return reading.of(
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }

  /**
   * Where a place is. Borders are drawn coarsely, so inside a town the town's country counts; at
   * sea, that of a town nearby.
   */
  public Whereabouts at(double latitude, double longitude) {
    Optional<Cities.Near> nearest = cities.nearest(latitude, longitude, Optional.empty());
    if (nearest.filter(Cities.Near::isInside).isPresent()) return in(nearest.get());
    Optional<String> country = borders.countryAt(latitude, longitude);
    if (country.isEmpty()) return nearest.map(Geography::in).orElse(Whereabouts.NOWHERE);
    return cities
        .nearest(latitude, longitude, country)
        .map(Geography::in)
        .orElse(new Whereabouts(Optional.empty(), country));
  }

  private static Whereabouts in(Cities.Near near) {
    return new Whereabouts(Optional.of(near.city().name()), Optional.of(near.city().countryCode()));
  }

  /**
   * Towns whose name begins so, letters' case and accents aside: those called so first, and then
   * the largest.
   *
   * @param most at most so many
   */
  public List<City> named(String beginning, int most) {
    return cities.named(beginning, most);
  }
}
