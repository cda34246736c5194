package io.mestral.smartapi.condition;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import java.util.Collection;
import java.util.Optional;

/**
 * A subject as a graph describes it.
 *
 * @param graph where it is described
 * @param subject whose properties are tested
 * @param units converts units when ValueObjects are compared
 */
public record GraphScope(Graph graph, Resource subject, UnitConversion units)
    implements ConditionScope {
  @Override
  public Collection<Term> values(Iri property) {
    return graph.objects(subject, property);
  }

  @Override
  public Optional<Quantity> quantity(Resource node) {
    return Quantity.read(graph, node);
  }
}
