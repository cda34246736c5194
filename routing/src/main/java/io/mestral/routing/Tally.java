package io.mestral.routing;

import io.mestral.model.outcome.Delivery;
import java.util.Optional;

/** Several receivers' answers becoming one: the first refusal outweighs any number of takers. */
final class Tally {
  private int receivers;
  private Optional<Delivery> refusal = Optional.empty();

  void add(Delivery answer) {
    if (answer instanceof Delivery.Delivered delivered) receivers += delivered.receivers();
    else if (answer instanceof Delivery.Queued) receivers++;
    else if (refusal.isEmpty()) refusal = Optional.of(answer);
  }

  Delivery delivery() {
    return refusal.orElseGet(() -> new Delivery.Delivered(receivers));
  }
}
