package io.mestral.verticles.http.ops;

import io.mestral.model.reading.Digest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Bringing what a store keeps to another while the node serves; one at a time. */
public interface Moves {
  /**
   * What is wanted.
   *
   * @param what {@code readings} or {@code metadata}
   * @param to as the configuration names a store; it may hold a password
   * @param leaveHours whether hours whose readings are gone are left behind
   */
  record Wish(String what, String to, boolean leaveHours) {}

  /**
   * Begins a move, or goes on with one that broke off, and tells what came of it. Fails with {@link
   * Upkeep.Busy} when one is under way, and with {@link Unusable} when the wish can't be granted.
   */
  Future<Report> move(Wish wish);

  /** Has the move that is under way end where it is; it can be gone on with. */
  void stop();

  /** How far the last move is, or what came of it; empty when there was none since the start. */
  Optional<Report> last();

  /** The wish can't be granted. */
  final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** Says which field of the wish is wrong, and why. */
    public Unusable(String field, String message) {
      super(message, null, false, false);
      this.field = field;
    }

    /** The field. */
    public String field() {
      return field;
    }
  }

  /** How it stands. */
  enum State {
    /** It is under way. */
    RUNNING,
    /** All is in the new store, and the node uses that. */
    DONE,
    /** It ended as somebody wanted. */
    STOPPED,
    /** It broke off. */
    FAILED
  }

  /**
   * A move.
   *
   * @param to without a password
   * @param tables those that are the same on both sides, of metadata
   */
  record Report(
      Course course,
      String what,
      String from,
      String to,
      Extent extent,
      Map<String, Digest> tables) {}

  /**
   * How it goes.
   *
   * @param phase what is done at a time, in a word
   * @param waitingFor what it waits for
   * @param failure why it broke off
   */
  record Course(
      State state,
      String phase,
      Instant beganAt,
      Duration took,
      Optional<String> waitingFor,
      Optional<String> failure) {}

  /**
   * How much it is.
   *
   * @param devicesInAll 0 while nobody knows
   * @param days of devices that were compared, of readings
   * @param there what of it lies in the new store and is the same in the old one
   * @param hoursLeft days of a sensor of which hours alone are left, which were left behind
   */
  record Extent(
      long devices,
      long devicesInAll,
      long days,
      Digest there,
      long copied,
      long removed,
      long hoursLeft) {}
}
