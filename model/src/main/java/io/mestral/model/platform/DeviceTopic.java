package io.mestral.model.platform;

import io.mestral.model.access.Secret;
import java.util.Optional;

/**
 * What a topic of a kit says (spec 1.1).
 *
 * @param token empty for {@link Kind#INVENTORY}, which names no device
 */
public record DeviceTopic(Kind kind, Optional<Secret> token) {
  /** What the message holds. */
  public enum Kind {
    /** A JSON batch. */
    READINGS,
    /** One short text of readings. */
    READINGS_RAW,
    /** What the device is made of, JSON. */
    INFO,
    /** A first sign of life. */
    HELLO,
    /** A report of the factory's test jig. */
    INVENTORY,
    /** Anything else below a device; nobody reads it. */
    OTHER
  }
}
