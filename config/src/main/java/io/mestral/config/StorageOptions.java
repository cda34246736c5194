package io.mestral.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The embedded stores' settings.
 *
 * @param dataDir {@code data.dir}, all that the node keeps
 * @param syncInterval {@code storage.sync}: empty is {@code always} (acknowledged means synced); a
 *     duration is weaker, what came since the last sync can be lost when the machine stops
 * @param openReadings how many readings may wait in memory before they are sealed into blocks
 * @param journalMaxBytes how large the journal may grow before appends are refused
 * @param retention how long readings are kept
 * @param forwardingMaxBytes how much of it may wait to be forwarded
 */
public record StorageOptions(
    Path dataDir,
    Optional<Duration> syncInterval,
    int openReadings,
    long journalMaxBytes,
    Retention retention,
    long forwardingMaxBytes) {

  private static final long FORWARDING = 256L << 20;

  /** With room for what is to be forwarded as a cloud node has it. */
  public StorageOptions(
      Path dataDir,
      Optional<Duration> syncInterval,
      int openReadings,
      long journalMaxBytes,
      Retention retention) {
    this(dataDir, syncInterval, openReadings, journalMaxBytes, retention, FORWARDING);
  }

  /** What a cloud node does with a folder when nobody says otherwise. */
  public static StorageOptions in(Path dataDir) {
    return new StorageOptions(dataDir, Optional.empty(), 2_000_000, 2L << 30, Retention.FOREVER);
  }

  /** Refuses values out of range. */
  public StorageOptions {
    if (openReadings < 1000) throw new IllegalArgumentException("openReadings " + openReadings);
    if (journalMaxBytes < 1 << 20)
      throw new IllegalArgumentException("journalMaxBytes " + journalMaxBytes);
  }
}
