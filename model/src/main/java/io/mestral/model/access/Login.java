package io.mestral.model.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What good credentials prove.
 *
 * @param principal who showed them
 * @param until when they end by themselves; empty if they don't
 */
public record Login(Principal principal, Optional<Instant> until) {
  /** Of a client that shows nothing. */
  public static final Login ANONYMOUS = of(Principal.ANONYMOUS);

  /** One that holds until somebody takes it back. */
  public static Login of(Principal principal) {
    return new Login(principal, Optional.empty());
  }
}
