package io.mestral.routing.request.whereabouts;

import io.mestral.routing.request.Asking;
import io.mestral.routing.request.trail.Hop;
import io.mestral.routing.request.trail.Hop.What;
import io.mestral.routing.request.trail.Trails;
import io.mestral.smartapi.model.ability.Input;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.value.Variant;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds out where a request is: by this node's own trail, and by asking those nodes it was sent to,
 * which ask further. Who doesn't answer in time is told as silent.
 */
public final class Whereabouts {
  /** How long all of it may take. */
  public static final Duration PATIENCE = Duration.ofMillis(900);

  /** What each node keeps for itself of the time that it is given. */
  private static final Duration OWN_SHARE = Duration.ofMillis(100);

  private final Supplier<Iri> self;
  private final Trails trails;
  private final Asking asking;
  private final Predicate<String> isNode;
  private final Clock clock;

  /**
   * @param self the node's IRI, once it is known
   * @param isNode whether a gateway is a node that can be asked for trails
   */
  public Whereabouts(
      Supplier<Iri> self, Trails trails, Asking asking, Predicate<String> isNode, Clock clock) {
    this.self = self;
    this.trails = trails;
    this.asking = asking;
    this.isNode = isNode;
    this.clock = clock;
  }

  /** The request that has a number here; empty when none had it of late. */
  public Optional<Iri> numbered(long process) {
    return trails.numbered(process);
  }

  /**
   * Every step of a request, the first one first; empty when it isn't known here.
   *
   * @param within how long it may take
   */
  public Future<List<Hop>> of(Iri request, Duration within) {
    List<Hop> own = trails.of(request);
    Duration left = within.minus(OWN_SHARE);
    List<Future<List<Hop>>> below =
        own.stream()
            .filter(hop -> hop.what() == What.SENT)
            .map(Hop::with)
            .distinct()
            .filter(isNode)
            .map(gateway -> below(gateway, request, left))
            .toList();
    if (below.isEmpty()) return Future.succeededFuture(own);
    return Future.all(below)
        .map(
            done -> {
              List<Hop> all = new ArrayList<>(own);
              below.forEach(one -> all.addAll(one.result()));
              all.sort(Comparator.comparing(Hop::at)); // stable: a node's own stay in their order
              return List.copyOf(all);
            });
  }

  private Future<List<Hop>> below(String gateway, Iri request, Duration left) {
    Hop silent = new Hop(clock.instant(), self.get().value(), What.SILENT, gateway);
    if (left.compareTo(OWN_SHARE) < 0) return Future.succeededFuture(List.of(silent));
    return asking
        .ask(gateway, question(request, left), left)
        .map(answer -> hops(answer).orElse(List.of(silent)))
        .otherwise(List.of(silent));
  }

  private Request question(Iri request, Duration left) {
    Input input =
        new Input.Builder()
            .named(RequestTrail.REQUEST, Variant.of(request))
            .named(RequestTrail.WITHIN, Variant.of(left))
            .build();
    return new Request.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
        .generatedBy(self.get())
        .generatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .activity(new Activity.Builder(RequestTrail.NAME).input(input).build())
        .build();
  }

  /** What a node answers; nothing when it can't. */
  private static Optional<List<Hop>> hops(Message answer) {
    if (!answer.errors().isEmpty()) return Optional.empty();
    return Optional.of(
        answer.activities().stream()
            .flatMap(one -> one.outputs().stream())
            .map(RequestTrail::hop)
            .toList());
  }
}
