package io.mestral.verticles.smartrequest;

import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * This node's own Heartbeats (Smart API, section 2.17), one at once and one in each interval.
 *
 * @param self the node's IRI, once it is known
 */
public record Pulse(Supplier<Iri> self, Duration interval, Clock clock) {

  /** Begins; on the context that it is called on, until that ends. */
  public void start(Vertx vertx, Consumer<Heartbeat> out) {
    AtomicLong sequence = new AtomicLong();
    out.accept(beat(sequence.incrementAndGet()));
    vertx.setPeriodic(interval.toMillis(), timer -> out.accept(beat(sequence.incrementAndGet())));
  }

  private Heartbeat beat(long sequence) {
    return new Heartbeat.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
        .generatedBy(self.get())
        .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .sequence(sequence)
        .interval(interval)
        .build();
  }
}
