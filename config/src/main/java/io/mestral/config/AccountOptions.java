package io.mestral.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What concerns people's accounts.
 *
 * @param resetLifetime {@code accounts.reset-lifetime}: how long a mailed code sets a password
 * @param auditMaxAge {@code audit.max-age}: how long it is known what people did; empty: for ever
 */
public record AccountOptions(Duration resetLifetime, Optional<Duration> auditMaxAge) {
  /** What a node does when nobody says otherwise. */
  public static final AccountOptions DEFAULTS =
      new AccountOptions(Duration.ofHours(1), Optional.of(Duration.ofDays(365)));
}
