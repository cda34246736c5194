package io.mestral.verticles.ingestion;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * How a message came.
 *
 * @param topic without the token; {@code http} for what was posted
 * @param again whether it may have been taken in before: a kill came before that was written down
 */
record Arrival(String topic, Buffer payload, Instant at, boolean again) {
  /** For the first time. */
  Arrival(String topic, Buffer payload, Instant at) {
    this(topic, payload, at, false);
  }
}
