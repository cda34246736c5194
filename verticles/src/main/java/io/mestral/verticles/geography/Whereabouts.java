package io.mestral.verticles.geography;

import java.util.Optional;

/**
 * Where a place is, in words.
 *
 * @param city the town that it is in or near; empty in the wilderness and at sea
 * @param countryCode ISO 3166 alpha-2; empty at sea
 */
public record Whereabouts(Optional<String> city, Optional<String> countryCode) {
  static final Whereabouts NOWHERE = new Whereabouts(Optional.empty(), Optional.empty());
}
