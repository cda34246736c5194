package io.mestral.routing.request.trust;

import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import java.util.Set;

/** Which Requests need a proof of their sender. */
public enum Demand {
  /** None; those that carry one are checked all the same. */
  NOTHING,
  /** All that may change something or have something done. */
  CHANGES,
  /** All but probes. */
  EVERYTHING;

  private static final Set<Iri> SAFE = Set.of(Individuals.READ, Individuals.SUBSCRIBE);

  /** Whether it is demanded of a Request. */
  boolean isOf(Request request, boolean isRegistration) {
    if (this == NOTHING || request instanceof AliveRequest) return false;
    return this == EVERYTHING
        || isRegistration
        || request.activities().stream().anyMatch(Demand::mayChange)
        || request.method().filter(method -> !SAFE.contains(method)).isPresent();
  }

  private static boolean mayChange(Activity activity) {
    return activity.method().map(method -> !SAFE.contains(method)).orElse(isCall(activity));
  }

  private static boolean isCall(Activity activity) {
    return activity.entities().isEmpty();
  }
}
