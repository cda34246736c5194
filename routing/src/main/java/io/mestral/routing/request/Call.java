package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a Request asks for: an Activity, or the Entities that stand on the Request itself
 * (Smart API, section 2.1).
 *
 * @param activity the Activity; of a Request without one the Request's own node, seen as one
 * @param onMessage whether the Request has no Activity, so that its Response has none either
 * @param madeAt when the Request was made
 */
record Call(Activity activity, boolean onMessage, Instant madeAt) {

  /** Everything that a Request asks for. */
  static List<Call> of(Request request) {
    List<Activity> activities = request.activities();
    if (!activities.isEmpty())
      return activities.stream()
          .map(one -> new Call(one, false, request.generatedAt().get()))
          .toList();
    if (request.entities().isEmpty())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The Request asks for nothing: an Activity, or Entities, are wanted.",
          request.node());
    return List.of(new Call(request.as(Activity::at), true, request.generatedAt().get()));
  }

  /** What is to be done; Read where nothing is said and there are Entities. */
  Iri method() {
    return activity.method().orElse(Individuals.READ);
  }

  /** Whether it is a functional call. */
  boolean isFunctional() {
    return activity.method().isEmpty() && activity.entities().isEmpty();
  }

  /** The name under which it is called; nothing when it is found by its method. */
  Optional<Iri> name() {
    return onMessage ? Optional.empty() : activity.iri();
  }

  /** The same with some of its Entities alone. */
  Call only(List<Entity> entities) {
    Graph.Builder graph = Graph.builder();
    activity
        .graph()
        .triples()
        .filter(
            t ->
                !t.subject().equals(activity.node())
                    || !t.predicate().equals(SmartApi.ENTITY)
                    || entities.stream().anyMatch(one -> one.node().equals(t.object())))
        .forEach(graph::add);
    return new Call(Activity.at(graph.build(), activity.node()), onMessage, madeAt);
  }
}
