package io.mestral.routing.request.whereabouts;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Functional;
import io.mestral.routing.request.call.Arguments;
import io.mestral.routing.request.trail.Hop;
import io.mestral.routing.request.trail.Hop.What;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * {@code sx:requestTrail}: where a request is, for administrators and the node that this one is a
 * gateway of. Inputs {@code request}, its IRI, and {@code within}, how long that may take; one
 * Output for each step, with {@code at}, {@code node}, {@code what} and {@code with}.
 */
public record RequestTrail(Whereabouts whereabouts) implements Functional {
  static final Iri NAME = new Iri(Namespaces.SX + "requestTrail");
  static final String REQUEST = "request";
  static final String WITHIN = "within";

  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Override
  public Iri iri() {
    return NAME;
  }

  @Override
  public Future<List<Output>> call(Activity activity, Asker asker) {
    if (!asker.isAdmin() && !asker.isManager())
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "Where requests are is told to administrators, and to the node that this one is a"
              + " gateway of.",
          activity.node());
    Arguments inputs = Arguments.of(activity).only(REQUEST, WITHIN);
    Duration within = inputs.find(WITHIN).map(Variant::asDuration).orElse(Whereabouts.PATIENCE);
    return whereabouts
        .of(inputs.one(REQUEST).asIri(), within.compareTo(LONGEST) > 0 ? LONGEST : within)
        .map(hops -> hops.stream().map(RequestTrail::output).toList());
  }

  private static Output output(Hop hop) {
    return new Output.Builder()
        .named("at", Variant.of(hop.at().truncatedTo(ChronoUnit.MILLIS)))
        .named("node", Variant.of(new Iri(hop.node())))
        .named("what", Variant.of(hop.what().name().toLowerCase(Locale.ROOT)))
        .named("with", Variant.of(hop.with()))
        .build();
  }

  /** What {@link #call} gave at another node. */
  static Hop hop(Output said) {
    return new Hop(
        one(said, "at").asInstant(),
        one(said, "node").asIri().value(),
        What.valueOf(one(said, "what").asString().toUpperCase(Locale.ROOT)),
        one(said, "with").asString());
  }

  private static Variant one(Output said, String name) {
    return said.named()
        .value(name)
        .orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.INVALID_PARAMS,
                    "A step of a request is told without \"" + name + "\".",
                    said.node()));
  }
}
