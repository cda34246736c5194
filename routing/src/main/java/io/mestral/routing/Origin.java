package io.mestral.routing;

import java.util.Optional;

/**
 * Where a message comes from.
 *
 * @param sender who published it, if it can be a receiver too
 * @param exactlyOnceId the packet identifier of a QoS 2 message, to be remembered with it so that a
 *     repetition isn't taken for a new message (MQTT-4.3.3-10); 0 when there is nothing to remember
 */
public record Origin(Optional<Subscriber> sender, int exactlyOnceId) {
  /** Nobody who could be a receiver: the node itself, a will, HTTP. */
  public static final Origin NOBODY = new Origin(Optional.empty(), 0);

  /** This sender, with nothing to remember. */
  public static Origin of(Subscriber sender) {
    return new Origin(Optional.of(sender), 0);
  }
}
