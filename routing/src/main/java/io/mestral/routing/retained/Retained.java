package io.mestral.routing.retained;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands at a topic: a message, or for as long as that isn't kept yet, the wish to have none
 * there. All fields that change are used under the topic's lock.
 */
final class Retained {
  private static final Future<Void> BEGUN = Future.succeededFuture();

  private final Publish publish;
  private final long arrivedAt;
  private final long number;
  private Optional<Retained> before;
  private Future<?> begun = BEGUN;
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

  /** Whether it need not stand here any more; a change under way holds its topic's turn. */
  boolean hasExpired(long now) {
    return begun.isComplete() && at(now).isEmpty();
  }

  /**
   * Writes it down when it is ready and the change before it has been handed on: they stand on disk
   * in the order they were seen.
   */
  Future<Delivery> inTurn(Future<?> ready, Supplier<Future<Delivery>> write) {
    Future<?> earlier = before.<Future<?>>map(change -> change.begun).orElse(BEGUN);
    if (ready.isComplete() && earlier.isComplete()) return write.get();
    Promise<Void> writing = Promise.promise();
    begun = writing.future();
    return Future.join(ready, earlier)
        .transform(
            done -> {
              try {
                return write.get();
              } finally {
                writing.complete();
              }
            });
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
    return last.flatMap(Retained::lasting);
  }

  private Optional<Retained> lasting() {
    return isMessage() || !settled ? Optional.of(this) : Optional.empty();
  }
}
