package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Sx;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks for later Notifications (Smart API, section 9, rules 10, 11 and 22). */
record Subscribe(EntityCalls entities, Subscribing subscriptions) {

  /**
   * Begins a Subscription for those templates that somebody may be answered.
   *
   * @throws SmartApiException of type NotAuthorizedError for visitors, whom nobody could tell
   *     anything, InvalidParams for a span of time, or a template for everything
   */
  Future<Result> begin(Request request, Plan plan) {
    Call call = plan.call();
    Asker asker = plan.candidates().asker();
    check(call, asker);
    checkContract(request);
    return entities
        .read(call, plan.candidates(), plan.here(), plan.elsewhere())
        .map(now -> now.and(new Result(List.of(), List.of(), plan.unpaid())))
        .compose(
            now ->
                isHopeless(call, now)
                    ? Future.succeededFuture(new Result(List.of(), List.of(), now.failures()))
                    : subscriptions
                        .begin(call.alone(request), asker, now.entities())
                        .map(made -> new Result(List.of(made), List.of(), now.failures())));
  }

  private static void check(Call call, Asker asker) {
    if (asker.isVisitor())
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "Subscribing takes credentials: whoever has none can't be told anything.",
          call.activity().node());
    if (call.activity().temporalContext().isPresent())
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A Subscription is for what comes, without a TemporalContext; gr:validThrough on the"
              + " Activity ends it.",
          call.activity().node());
    for (Entity one : call.activity().entities())
      if (one.iri().isEmpty() && one.graph().triplesOf(one.node()).findAny().isEmpty())
        throw new SmartApiException(
            ErrorType.INVALID_PARAMS,
            "A template of a Subscription has neither an IRI nor a type nor a property, and would"
                + " mean everything.",
            one.node());
  }

  /** It is kept as it came, and licence keys aren't kept. */
  private static void checkContract(Request request) {
    if (request.graph().uses(Sx.LICENSE_KEY))
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A Subscription names its contract at sx:contract by its IRI: licence keys aren't kept.",
          request.node());
  }

  /** Whether every template names what can't be answered. */
  private static boolean isHopeless(Call call, Result now) {
    Set<Iri> failed =
        now.failures().stream().flatMap(one -> one.target().stream()).collect(Collectors.toSet());
    return call.activity().entities().stream()
        .allMatch(one -> one.iri().filter(failed::contains).isPresent());
  }

  /** What some Entities are now, as a Subscription asks for them. */
  Future<List<Entity>> state(Request request, Candidates candidates, Collection<Iri> changed) {
    return entities.state(Call.of(request).get(0), candidates, changed).map(Result::entities);
  }
}
