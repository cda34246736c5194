package io.mestral.routing.request.trade;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * That a Request returns an offer it was made.
 *
 * @param item the Entity that it is about
 * @param activity what is asked of it
 * @param offerings one, unless the Request leaves open which it accepts
 */
record Acceptance(Iri item, Activity activity, List<Offering> offerings) {

  private static final Set<Iri> GIVEN = Set.of(Rdf.VALUE, SmartApi.LIST);

  /** All in the Reads of a Request. */
  static List<Acceptance> of(Request request) {
    if (!request.graph().uses(Sx.NONCE)) return List.of();
    List<Acceptance> all = new ArrayList<>();
    for (Activity activity : request.activities()) add(all, activity);
    if (request.activities().isEmpty()) add(all, request.as(Activity::at));
    return all;
  }

  private static void add(List<Acceptance> all, Activity activity) {
    if (!activity.method().orElse(Individuals.READ).equals(Individuals.READ)) return;
    for (Entity entity : activity.entities()) {
      if (entity.iri().isEmpty()) continue;
      List<Offering> offerings =
          entity.graph().objects(entity.node(), Gr.OFFERS).stream()
              .filter(Resource.class::isInstance)
              .map(node -> Offering.at(entity.graph(), (Resource) node))
              .filter(one -> !one.graph().objects(one.node(), Sx.NONCE).isEmpty())
              .toList();
      if (!offerings.isEmpty()) all.add(new Acceptance(entity.iri().get(), activity, offerings));
    }
  }

  /** Whether something of the item's values stands in an answer. */
  boolean isIn(Message answer) {
    return answer.activities().stream()
            .flatMap(one -> one.entities().stream())
            .anyMatch(this::isGiven)
        || answer.entities().stream().anyMatch(this::isGiven);
  }

  private boolean isGiven(Entity one) {
    return one.node().equals(item)
        && one.closure()
            .triples()
            .anyMatch(
                t -> GIVEN.contains(t.predicate()) && PriceTag.isValue(one.graph(), t.subject()));
  }
}
