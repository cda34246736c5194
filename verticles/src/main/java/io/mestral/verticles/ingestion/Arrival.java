package io.mestral.verticles.ingestion;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * How a message came.
 *
 * @param topic without the token; {@code http} for what was posted
 */
record Arrival(String topic, Buffer payload, Instant at) {}
