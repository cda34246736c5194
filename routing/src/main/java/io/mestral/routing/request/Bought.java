package io.mestral.routing.request;

import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.util.List;
import java.util.Set;

/**
 * What a Request has a right to that is priced.
 *
 * @param items the Entities that are paid for
 * @param failures what couldn't be bought, each by the Entity's name
 * @param formed contracts that were just made
 */
public record Bought(Set<Iri> items, List<Failure> failures, List<Contract> formed) {
  /** Nothing. */
  public static final Bought NOTHING = new Bought(Set.of(), List.of(), List.of());

  /** Whether an Entity is among it. */
  boolean has(Entity entity) {
    return entity.iri().filter(items::contains).isPresent();
  }

  /** Whether somebody tried to buy an Entity, and couldn't. */
  boolean isRefused(Entity entity) {
    return failures.stream().anyMatch(one -> one.target().equals(entity.iri()));
  }
}
