package io.mestral.storage.embedded.journal;

import io.mestral.config.StorageOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * The journal's bounds.
 *
 * @param segmentBytes a file is closed when it would grow beyond this; never more than an eighth of
 *     {@code maxBytes}, so that a full journal can always be emptied by trimming
 * @param maxBytes all files together; more is refused, and what frees nothing from seven eighths on
 * @param maxRecordBytes the longest body of one record; never more than a segment
 * @param syncInterval empty: every acknowledgement is synced; else the longest time between syncs
 * @param maxWaiting how many calls may wait for the writer
 * @param maxWaitingBytes how many bytes of bodies may wait for the writer
 */
public record JournalOptions(
    int segmentBytes,
    long maxBytes,
    int maxRecordBytes,
    Optional<Duration> syncInterval,
    int maxWaiting,
    long maxWaitingBytes) {

  /** 64 MiB segments, 2 GiB in all, records up to 16 MiB, always synced. */
  public static final JournalOptions DEFAULTS =
      new JournalOptions(64 << 20, 2L << 30, 16 << 20, Optional.empty(), 65_536, 64 << 20);

  /** The bounds that follow from the node's storage settings. */
  public static JournalOptions from(StorageOptions storage) {
    return new JournalOptions(
        DEFAULTS.segmentBytes,
        storage.journalMaxBytes(),
        DEFAULTS.maxRecordBytes,
        storage.syncInterval(),
        DEFAULTS.maxWaiting,
        DEFAULTS.maxWaitingBytes);
  }

  /** Bytes beyond which only what makes room is written. */
  long ordinaryBytes() {
    return maxBytes - maxBytes / 8;
  }

  /** Refuses values out of range and caps the size of a segment. */
  public JournalOptions {
    if (maxBytes < 4096) throw new IllegalArgumentException("maxBytes " + maxBytes);
    if (segmentBytes < 512 || segmentBytes > 1 << 30)
      throw new IllegalArgumentException("segmentBytes " + segmentBytes);
    if (maxRecordBytes < 1 || maxRecordBytes > RecordFormat.LONGEST_BODY)
      throw new IllegalArgumentException("maxRecordBytes " + maxRecordBytes);
    if (syncInterval.isPresent() && syncInterval.get().toMillis() < 1)
      throw new IllegalArgumentException("syncInterval " + syncInterval.get());
    if (maxWaiting < 1) throw new IllegalArgumentException("maxWaiting " + maxWaiting);
    if (maxWaitingBytes < 1)
      throw new IllegalArgumentException("maxWaitingBytes " + maxWaitingBytes);
    segmentBytes = (int) Math.min(segmentBytes, maxBytes / 8);
    maxRecordBytes = Math.min(maxRecordBytes, segmentBytes);
  }
}
