package io.mestral.storage;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A message of a device that belongs to nobody yet, as it came.
 *
 * @param number ascending in the order of arrival; ignored when the message is added
 */
public record HeldMessage(long number, Kind kind, Buffer payload, Instant arrivedAt) {
  /** What the message says. */
  public enum Kind {
    /** A JSON batch. */
    READINGS,
    /** Readings as short text. */
    READINGS_RAW,
    /** What the device is made of. */
    INFO
  }
}
