package io.mestral.broker.telemetry.event;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;

/**
 * Which client it is about.
 *
 * @param principal the name of the one it speaks for
 * @param clientId as the client gave it; kits give their token, so it is not printed
 */
public record ClientName(String principal, String clientId) {
  /** The name of a client that speaks for this principal. */
  public static ClientName of(Principal principal, String clientId) {
    return new ClientName(principal.name(), clientId);
  }

  @Override
  public String toString() {
    return principal + "/" + Secret.of(clientId);
  }
}
