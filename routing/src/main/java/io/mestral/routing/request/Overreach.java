package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.vocabulary.Individuals;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps changes from gateways that would go too far: a gateway gets a template whole, and changes
 * all that it matches, also what its sender may not change. Such a template is refused; what is
 * named is refused by itself.
 */
record Overreach(EntityCalls entities, Others others) {

  /** The plan, or one that fails. */
  Future<Plan> checked(Plan plan) {
    Call call = plan.call();
    boolean isMatched = call.activity().entities().stream().anyMatch(one -> one.iri().isEmpty());
    if (plan.gateways().isEmpty() || !isMatched || isHarmless(call.method()))
      return Future.succeededFuture(plan);
    return entities
        .possible(call, new Unrestricted(plan.candidates()))
        .map(
            all ->
                all.stream().anyMatch(one -> goesTooFar(one, plan))
                    ? Plan.failed(call, plan.candidates().asker(), refused(call))
                    : plan);
  }

  private static boolean isHarmless(Iri method) {
    return method.equals(Individuals.READ) || method.equals(Individuals.CREATE);
  }

  private boolean goesTooFar(Possible one, Plan plan) {
    return others.askedAbout(one).filter(plan.gateways()::contains).isPresent()
        && !plan.candidates().allows(one.entity(), plan.call().method());
  }

  private static SmartApiException refused(Call call) {
    return new SmartApiException(
        ErrorType.NOT_AUTHORIZED_ERROR,
        "The template may mean Entities of a gateway for which the sender lacks an Authorization"
            + " for "
            + call.method()
            + ". Name those that are meant, or say more of them.",
        call.activity().node());
  }

  /** The same candidates, whoever may see them. */
  private record Unrestricted(Candidates all) implements Stock {
    @Override
    public Optional<Entity> find(Iri iri) {
      return all.find(iri);
    }

    @Override
    public Stream<Entity> all(Set<Iri> types) {
      return all.all(types);
    }

    @Override
    public boolean allows(Entity entity, Iri method) {
      return true;
    }
  }
}
