package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import java.time.Instant;
import java.util.List;
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
 */
record Call(String request, Activity activity, boolean onMessage, Instant madeAt) {

  /** Everything that a Request asks for. */
  static List<Call> of(Request request) {
    String name = request.iri().map(Iri::value).orElseGet(() -> UUID.randomUUID().toString());
    Instant madeAt = request.generatedAt().orElseThrow();
    List<Activity> activities = request.activities();
    if (!activities.isEmpty())
      return activities.stream().map(one -> new Call(name, one, false, madeAt)).toList();
    if (request.entities().isEmpty())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The Request asks for nothing: an Activity, or Entities, are wanted.",
          request.node());
    return List.of(new Call(name, request.as(Activity::at), true, madeAt));
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
}
