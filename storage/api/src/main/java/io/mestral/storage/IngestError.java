package io.mestral.storage;

import io.mestral.model.DeviceId;
import java.time.Instant;

/**
 * A message, or a part of one, that could not be taken in (spec 3.9).
 *
 * @param topic with the token masked
 * @param message what the device sent, cut to {@link #MAX_MESSAGE} characters
 * @param errorClass a short name of the cause, for counting
 * @param errorMessage for people; begins {@code Message not parsed: } for raw syntax errors
 */
public record IngestError(
    DeviceId device,
    String topic,
    String message,
    String errorClass,
    String errorMessage,
    Instant createdAt) {
  /** Longest message kept. */
  public static final int MAX_MESSAGE = 4096;

  /** Cuts the message. */
  public IngestError {
    if (message.length() > MAX_MESSAGE) message = message.substring(0, MAX_MESSAGE);
  }
}
