package io.mestral.routing;

import io.mestral.model.access.Principal;
import java.util.Optional;

/**
 * Where a message comes from.
 *
 * @param sender who published it, if it can be a receiver too
 * @param exactlyOnceId the packet identifier of a QoS 2 message, to be remembered with it so that a
 *     repetition isn't taken for a new message (MQTT-4.3.3-10); 0 when there is nothing to remember
 * @param principal whom its sender speaks for
 */
public record Origin(Optional<Subscriber> sender, int exactlyOnceId, Principal principal) {
  /** Nobody who could be a receiver: the node itself, HTTP. */
  public static final Origin NOBODY = new Origin(Optional.empty(), 0);

  /** Of a sender that shows nothing. */
  public Origin(Optional<Subscriber> sender, int exactlyOnceId) {
    this(sender, exactlyOnceId, Principal.ANONYMOUS);
  }

  /** This sender, which shows nothing. */
  public static Origin of(Subscriber sender) {
    return of(sender, Principal.ANONYMOUS);
  }

  /** This sender, with nothing to remember. */
  public static Origin of(Subscriber sender, Principal principal) {
    return new Origin(Optional.of(sender), 0, principal);
  }

  /** A principal that can be no receiver any more: of a will. */
  public static Origin of(Principal principal) {
    return new Origin(Optional.empty(), 0, principal);
  }

  /** The same, with an identifier to remember; 0 for none. */
  public Origin remembering(int packetId) {
    return new Origin(sender, packetId, principal);
  }
}
