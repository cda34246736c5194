package io.mestral.storage;

import io.mestral.model.DeviceId;
import java.time.Instant;

/**
 * An entry of a batch whose time can't be right, set apart instead of stored.
 *
 * @param entry as JSON in the form that it could be sent in again, cut to {@link #MAX_ENTRY}
 *     characters
 * @param reason for people
 */
public record QuarantinedEntry(DeviceId device, String entry, String reason, Instant arrivedAt) {
  /** Longest entry kept. */
  public static final int MAX_ENTRY = 8192;

  /** Cuts the entry. */
  public QuarantinedEntry {
    if (entry.length() > MAX_ENTRY) entry = entry.substring(0, MAX_ENTRY);
  }
}
