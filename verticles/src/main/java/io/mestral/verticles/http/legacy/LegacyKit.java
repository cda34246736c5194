package io.mestral.verticles.http.legacy;

import java.util.Map;
import java.util.Optional;

/**
 * The sensors on a board of the first generation, by the keys its kit uses. The boards share keys
 * and differ in sensors, and with them in how raw numbers become others.
 */
enum LegacyKit {
  /** The Goteo board, SCK 1.0. */
  GOTEO(Map.of("temp", 4, "hum", 5, "light", 6, "noise", 7, "no2", 8, "co", 9, "bat", 10)),

  /** The Kickstarter board, SCK 1.1. */
  KICKSTARTER(
      Map.of("temp", 12, "hum", 13, "light", 14, "noise", 7, "no2", 15, "co", 16, "bat", 17)),

  /** A kit that doesn't say. */
  UNKNOWN(Map.of());

  private static final Map<String, Integer> GOTEO_REST = Map.of("panel", 11, "nets", 21);
  private static final Map<String, Integer> KICKSTARTER_REST = Map.of("panel", 18, "nets", 21);

  private final Map<String, Integer> sensors;

  LegacyKit(Map<String, Integer> sensors) {
    this.sensors = sensors;
  }

  /** By the kit's version: {@code 1.1-0.9.0-A} is board 1.1. */
  static LegacyKit of(String version) {
    if (version.strip().startsWith("1.0")) return GOTEO;
    return version.strip().startsWith("1.1") ? KICKSTARTER : UNKNOWN;
  }

  /** Empty when the board has nothing under that key. */
  Optional<Integer> sensor(String key) {
    Map<String, Integer> rest =
        switch (this) {
          case GOTEO -> GOTEO_REST;
          case KICKSTARTER -> KICKSTARTER_REST;
          case UNKNOWN -> Map.of();
        };
    return Optional.ofNullable(sensors.getOrDefault(key, rest.get(key)));
  }
}
