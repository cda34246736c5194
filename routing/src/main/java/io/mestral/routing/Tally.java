package io.mestral.routing;

import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several receivers' answers becoming one: the first refusal outweighs any number of takers. */
final class Tally {
  private final List<Future<Delivery>> late = new ArrayList<>(0);
  private int receivers;
  private Optional<Delivery> refusal = Optional.empty();

  /** An answer, which may still be to come; it never fails. */
  void add(Future<Delivery> answer) {
    if (answer.succeeded()) add(answer.result());
    else late.add(answer);
  }

  /** The sum, when all answers are there. */
  Future<Delivery> delivery() {
    if (late.isEmpty()) return Future.succeededFuture(sum());
    return Future.join(late)
        .map(
            all -> {
              for (Future<Delivery> answer : late) add(answer.result());
              return sum();
            });
  }

  private void add(Delivery answer) {
    if (answer instanceof Delivery.Delivered delivered) receivers += delivered.receivers();
    else if (answer instanceof Delivery.Queued) receivers++;
    else if (refusal.isEmpty()) refusal = Optional.of(answer);
  }

  private Delivery sum() {
    return refusal.orElseGet(() -> new Delivery.Delivered(receivers));
  }
}
