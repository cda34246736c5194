package io.mestral.routing.request;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Request has a right to that is priced.
 *
 * @param items the Entities that are paid for
 * @param refusals what couldn't be bought, by the Entity's name, and why
 * @param fault what is wrong with the contract that the Request names: it matters where something
 *     is priced here
 * @param formed contracts that were just made
 */
public record Bought(
    Set<Iri> items,
    Map<Iri, SmartApiException> refusals,
    Optional<SmartApiException> fault,
    List<Contract> formed) {
  /** Nothing. */
  public static final Bought NOTHING = of(Set.of());

  /** These, and nothing else happened. */
  public static Bought of(Set<Iri> items) {
    return new Bought(items, Map.of(), Optional.empty(), List.of());
  }

  /** Whether an Entity is among it. */
  boolean has(Entity entity) {
    return entity.iri().filter(items::contains).isPresent();
  }

  /** Why a priced Entity wasn't had, if somebody tried. */
  Optional<SmartApiException> refusal(Entity entity) {
    return entity.iri().map(refusals::get).or(() -> fault);
  }
}
