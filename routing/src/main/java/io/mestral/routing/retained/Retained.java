package io.mestral.routing.retained;

import io.mestral.model.mqtt.Publish;
import java.time.Duration;
import java.util.Optional;

/**
 * What stands at a topic: a message, or for as long as that isn't kept yet, the wish to have none
 * there. All fields that change are used under the topic's lock.
 */
final class Retained {
  private final Publish publish;
  private final long arrivedAt;
  private final long number;
  private Optional<Retained> before;
  private boolean settled;
  private boolean failed;

  /**
   * @param arrivedAt milliseconds of the epoch; the message's expiry runs from then
   * @param number later ones have higher numbers
   * @param before what stood there, and will again if this can't be kept
   */
  Retained(Publish publish, long arrivedAt, long number, Optional<Retained> before) {
    this.publish = publish;
    this.arrivedAt = arrivedAt;
    this.number = number;
    this.before = before;
  }

  Publish publish() {
    return publish;
  }

  boolean isMessage() {
    return publish.payload().length() > 0; // MQTT-3.3.1-7
  }

  boolean isAfter(long other) {
    return number > other;
  }

  /** The message as it is to be sent now; empty when it has expired. */
  Optional<Publish> at(long now) {
    return publish.after(Duration.ofMillis(Math.max(0, now - arrivedAt)));
  }

  long weight() {
    return isMessage() ? publish.weight() + publish.topic().value().length() : 0;
  }

  boolean hasExpired(long now) {
    return at(now).isEmpty();
  }

  /** Whether it is known if it could be kept. */
  boolean isSettled() {
    return settled;
  }

  /** It is kept, and what stood there before is history; what lasts of it now. */
  Optional<Retained> kept() {
    settled = true;
    before = Optional.empty();
    return lasting();
  }

  /** It can't be kept; what lasts is what was there before and could be kept, or still may be. */
  Optional<Retained> failed() {
    settled = true;
    failed = true;
    Optional<Retained> last = before;
    while (last.isPresent() && last.get().failed) last = last.get().before;
    before = last; // those that follow have no long way
    return last.flatMap(Retained::lasting);
  }

  private Optional<Retained> lasting() {
    return isMessage() || !settled ? Optional.of(this) : Optional.empty();
  }
}
