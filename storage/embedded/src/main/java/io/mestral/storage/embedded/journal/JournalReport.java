package io.mestral.storage.embedded.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the journal found when it was opened.
 *
 * @param segments files that were read
 * @param records good records that were found, without those that were trimmed before
 * @param bytesSetAside what was not readable and now lies in the folder {@code damaged}
 * @param damages each place where something was lost; empty on a good day
 */
public record JournalReport(int segments, long records, long bytesSetAside, List<Damage> damages) {

  /** What was wrong with a part of a file. */
  public enum Cause {
    /** The end of the newest file was written half, as a kill or a power cut leaves it. */
    TORN_TAIL,
    /** Bytes between good records that are no record. */
    DAMAGED,
    /** Good records of a stream whose name is not known any more. */
    NAME_LOST,
    /** A file written by a newer version of this program. */
    NEWER_VERSION,
    /** The disk does not give the bytes back. */
    UNREADABLE
  }

  /**
   * One loss.
   *
   * @param file the segment
   * @param from first byte that was lost
   * @param to byte behind the last one that was lost
   * @param copy where the bytes lie now; empty when they could not be copied
   */
  public record Damage(Path file, long from, long to, Cause cause, Optional<Path> copy) {}
}
