package io.mestral.storage.embedded.metadata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the metadata came up.
 *
 * @param damage what was found wrong, if anything was
 * @param restoredFrom the snapshot that took the place of a damaged file, or that fills what could
 *     not be read in it
 * @param rescued rows that could still be read in the damaged file
 * @param unusable snapshots that were tried before and are damaged too
 * @param steps the schema steps that this start ran
 */
public record MetadataReport(
    Origin origin,
    Optional<Damage> damage,
    Optional<Path> restoredFrom,
    int rescued,
    List<Path> unusable,
    List<Integer> steps) {

  /** Copies the lists. */
  public MetadataReport {
    unusable = List.copyOf(unusable);
    steps = List.copyOf(steps);
  }

  /** Where the content comes from. */
  public enum Origin {
    /** There was nothing; this is the first start. */
    CREATED,
    /** The file of the last run. */
    OPENED,
    /**
     * The rows that could still be read in the damaged file, over those of the newest snapshot
     * where a table breaks off.
     */
    RESCUED,
    /** A snapshot, because the file was damaged; what came after the snapshot is missing. */
    RESTORED,
    /** Nothing, because the file was damaged and no snapshot could be used. */
    EMPTIED
  }

  /**
   * A file that can't be used.
   *
   * @param what in SQLite's words, or ours
   * @param setAside the folder that holds it now; empty when there was no file left
   */
  public record Damage(String what, Optional<Path> setAside) {}

  /** What the thorough check of the file says, which large files get after the start. */
  public sealed interface Integrity {
    /** Not checked yet. */
    record Unchecked() implements Integrity {}

    /** Nothing is wrong. */
    record Sound() implements Integrity {}

    /** Something is; the next start sets the file aside. */
    record Damaged(String what) implements Integrity {}
  }
}
