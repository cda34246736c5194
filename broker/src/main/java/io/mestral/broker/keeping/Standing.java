package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.SessionState;
import io.mestral.broker.session.Terms;
import io.mestral.broker.session.Terms.LastWill;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a session's client is connected, and what is due when it isn't: its will, and the end of
 * the session. Belongs to its session's lock. Times are milliseconds of the epoch.
 */
final class Standing {
  private Duration expiry = Duration.ZERO;
  private OptionalLong disconnectedAt = OptionalLong.empty();
  private Optional<LastWill> will = Optional.empty();

  /** As it was written down; a client that was connected then isn't now. */
  void restore(SessionState state, long now) {
    expiry = state.expiry();
    disconnectedAt = OptionalLong.of(state.disconnectedAt().orElse(now));
    will = state.will();
  }

  /** A client is connected; a will that waited for that is not needed (MQTT-3.1.3-9). */
  void connected(Terms terms) {
    expiry = terms.expiry();
    disconnectedAt = OptionalLong.empty();
    will = terms.will();
  }

  void disconnected(long now, boolean willDue) {
    disconnectedAt = OptionalLong.of(now);
    if (!willDue) will = Optional.empty();
  }

  void expireAfter(Duration other) {
    expiry = other;
  }

  boolean endsWithItsConnection() {
    return expiry.isZero();
  }

  boolean isOver(long now) {
    return disconnectedAt.isPresent() && now >= disconnectedAt.getAsLong() + expiry.toMillis();
  }

  /** The will, if its time has come; it is given away once. */
  Optional<LastWill> takeDueWill(long now) {
    boolean due =
        will.isPresent()
            && disconnectedAt.isPresent()
            && (isOver(now) || now >= disconnectedAt.getAsLong() + will.get().delay().toMillis());
    return due ? takeWill() : Optional.empty();
  }

  /** The will of a session that ends: there is nothing left to wait for. */
  Optional<LastWill> takeWill() {
    Optional<LastWill> taken = disconnectedAt.isPresent() ? will : Optional.empty();
    if (taken.isPresent()) will = Optional.empty();
    return taken;
  }

  Duration expiry() {
    return expiry;
  }

  OptionalLong disconnectedAt() {
    return disconnectedAt;
  }

  Optional<LastWill> will() {
    return will;
  }
}
