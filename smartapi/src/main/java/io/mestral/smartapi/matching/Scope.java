package io.mestral.smartapi.matching;

import io.mestral.smartapi.condition.ConditionScope;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a Condition in a template is about: the candidate's values of the property at which the
 * Condition stands, and of whatever property the Condition names. Of types it sees the wider ones,
 * too.
 *
 * @param graph where the candidate is described
 * @param node the candidate, or what of it is looked at
 * @param place the property at which the Condition stands
 * @param ontology which class is a kind of which
 * @param units what values are converted by
 */
record Scope(Graph graph, Resource node, PropertyKey place, Ontology ontology, UnitConversion units)
    implements ConditionScope {

  @Override
  public Collection<Term> values(Iri property) {
    if (property.equals(place.iri()) && place.isNamed()) {
      return place.values(graph, node);
    }
    return property.equals(Rdf.TYPE) ? types() : graph.objects(node, property);
  }

  @Override
  public Optional<Quantity> quantity(Resource value) {
    return Quantity.read(graph, value);
  }

  private Collection<Term> types() {
    Set<Term> types = new LinkedHashSet<>();
    for (Term type : graph.objects(node, Rdf.TYPE)) {
      types.add(type);
      if (type instanceof Iri iri) {
        types.addAll(ontology.superclasses(iri));
      }
    }
    return types;
  }
}
