package io.mestral.verticles.http.ops;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is done now and then for what the node keeps: a backup of it, a look through it. One of both
 * at a time; each goes on whether or not somebody waits for it.
 */
public interface Upkeep {
  /**
   * Begins a backup and tells what came of it; fails with {@link Busy} when something is under way.
   *
   * @param folder absolute, not there or empty
   */
  Future<Report> backup(Path folder);

  /** Begins to look through all files, as {@link #backup} does. */
  Future<Report> check();

  /** How far the last backup is, or what came of it; empty when there was none since the start. */
  Optional<Report> lastBackup();

  /** How far the last look is, or what came of it; empty when there was none since the start. */
  Optional<Report> lastCheck();

  /** Something is under way already. */
  final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is under way. */
    public Busy(String message) {
      super(message, null, false, false);
    }
  }

  /** How it stands. */
  enum State {
    /** It is under way. */
    RUNNING,
    /** It came to its end. */
    DONE,
    /** The folder can't be used; nothing was done. */
    REFUSED,
    /** It broke off; what was made is taken away again. */
    FAILED
  }

  /**
   * A piece of work.
   *
   * @param folder of a backup
   * @param failure why it was refused or broke off
   */
  record Report(
      State state,
      Instant beganAt,
      Duration took,
      Optional<Path> folder,
      Extent extent,
      Findings findings,
      Optional<String> failure) {}

  /**
   * How much it is.
   *
   * @param bytes what is in a backup, or what was looked at
   * @param share of the work that is done; 0 while nobody knows
   * @param readings that were found
   */
  record Extent(long files, long bytes, double share, long readings) {}

  /**
   * What was found.
   *
   * @param problems damage, each in words
   * @param setAside files that recovery set aside earlier
   * @param elsewhere what servers keep, which is not covered
   */
  record Findings(List<String> problems, List<String> setAside, List<String> elsewhere) {
    /** Nothing so far. */
    public static final Findings NONE = new Findings(List.of(), List.of(), List.of());
  }
}
