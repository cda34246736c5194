package io.mestral.smartapi.condition;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Several scopes, of which the first that knows a property counts: an Entity before the Inputs and
 * Parameters of a Request (Smart API, section 5.4, rule 5).
 *
 * @param scopes the scopes, the first one first
 * @param units converts units when ValueObjects are compared
 */
public record ScopeChain(List<ConditionScope> scopes, UnitConversion units)
    implements ConditionScope {

  /** Keeps the list as it is now. */
  public ScopeChain {
    scopes = List.copyOf(scopes);
  }

  @Override
  public Collection<Term> values(Iri property) {
    return scopes.stream()
        .map(scope -> scope.values(property))
        .filter(values -> !values.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public Optional<Quantity> quantity(Resource node) {
    return scopes.stream().flatMap(scope -> scope.quantity(node).stream()).findFirst();
  }
}
