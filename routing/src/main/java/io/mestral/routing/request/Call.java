package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.encryption.References;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that a Request asks for: an Activity, or the Entities that stand on the Request itself
 * (Smart API, section 2.1).
 *
 * @param request the Request's name, or one that is made up for it
 * @param activity the Activity; of a Request without one the Request's own node, seen as one
 * @param onMessage whether the Request has no Activity, so that its Response has none either
 * @param madeAt when the Request was made
 * @param targets who is to get it, where that can't be told of what it asks for
 */
record Call(
    String request, Activity activity, boolean onMessage, Instant madeAt, List<Resource> targets) {

  /** Everything that a Request asks for. */
  static List<Call> of(Request request) {
    String name = request.iri().map(Iri::value).orElseGet(() -> UUID.randomUUID().toString());
    Instant madeAt = request.generatedAt().orElseThrow();
    List<Resource> targets = request.targets().stream().map(Obj::node).toList();
    List<Activity> activities = request.activities();
    if (!activities.isEmpty())
      return activities.stream().map(one -> new Call(name, one, false, madeAt, targets)).toList();
    if (request.entities().isEmpty())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The Request asks for nothing: an Activity, or Entities, are wanted.",
          request.node());
    return List.of(new Call(name, request.as(Activity::at), true, madeAt, targets));
  }

  /** The Request with this call and no other. */
  Request alone(Request whole) {
    if (onMessage) return whole;
    Graph.Builder graph = Graph.builder().addAll(activity.closure());
    whole
        .graph()
        .triplesOf(whole.node())
        .filter(t -> !t.predicate().equals(SmartApi.ACTIVITY) || t.object().equals(activity.node()))
        .forEach(graph::add);
    return Request.at(graph.build(), whole.node());
  }

  /** What is to be done; Read where nothing is said and there are Entities. */
  Iri method() {
    return activity.method().orElse(Individuals.READ);
  }

  /** Whether it is encrypted to somebody else: what it asks for can't be read here. */
  boolean isSealed() {
    return References.isEncrypted(activity.graph(), activity.node(), Map.of());
  }

  /** Whether it is a functional call. */
  boolean isFunctional() {
    return !isSealed() && activity.method().isEmpty() && activity.entities().isEmpty();
  }

  /** The name under which it is called; nothing when it is found by its method. */
  Optional<Iri> name() {
    return onMessage ? Optional.empty() : activity.iri();
  }
}
