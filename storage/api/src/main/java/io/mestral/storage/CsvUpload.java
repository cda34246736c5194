package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import java.time.Instant;

/**
 * A CSV file that somebody uploaded, and what became of it.
 *
 * @param file its name on their side, cut to {@link #MAX_FILE} characters
 * @param rows lines with readings that were read
 * @param readings how many were kept
 * @param report more about it, a JSON object as text
 */
public record CsvUpload(
    DeviceId device,
    UserId user,
    String file,
    Outcome outcome,
    long bytes,
    long rows,
    long readings,
    String report,
    Instant uploadedAt) {
  /** Longest name kept. */
  public static final int MAX_FILE = 255;

  /** Cuts the name. */
  public CsvUpload {
    if (file.length() > MAX_FILE) file = file.substring(0, MAX_FILE);
  }

  /** How an upload ended. */
  public enum Outcome {
    /** It was read to its end. */
    KEPT,
    /** It is no file that could be read; nothing of it was kept. */
    REFUSED,
    /** It ended early, by the sender or by a store; what had come until then was kept. */
    BROKEN_OFF
  }
}
