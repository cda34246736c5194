package io.mestral.routing.request.trade;

import io.mestral.smartapi.condition.ConditionScope;
import io.mestral.smartapi.matching.Conversions;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import io.mestral.smartapi.value.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a price depends on: the Entity as it is known, then what the Activity says in Inputs and
 * Parameters, by the property's IRI or the last part of it (Smart API, section 5.4, rule 5).
 */
record PriceScope(Entity entity, Activity asked) implements ConditionScope {

  @Override
  public Collection<Term> values(Iri property) {
    Collection<Term> own = entity.graph().objects(entity.node(), property);
    if (!own.isEmpty()) return own;
    String iri = property.value();
    String name = iri.substring(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);
    List<Term> said = new ArrayList<>();
    for (Parameters all : parameters()) {
      for (Variant one : all.values(iri)) said.add(one.term());
      for (Variant one : all.values(name)) said.add(one.term());
    }
    return said;
  }

  private List<Parameters> parameters() {
    List<Parameters> all = new ArrayList<>();
    asked.inputs().forEach(input -> all.add(input.named()));
    all.add(asked.named());
    return all;
  }

  /** How much is bought: whatever Inputs and Parameters say with a unit. */
  List<Quantity> quantities() {
    List<Quantity> all = new ArrayList<>();
    for (Parameters some : parameters())
      for (String name : some.names())
        for (Variant one : some.values(name))
          if (one.term() instanceof Resource node)
            Quantity.read(asked.graph(), node)
                .filter(quantity -> quantity.unit().isPresent())
                .ifPresent(all::add);
    return all;
  }

  @Override
  public Optional<Quantity> quantity(Resource node) {
    Graph graph = entity.graph().describes(node) ? entity.graph() : asked.graph();
    return Quantity.read(graph, node);
  }

  @Override
  public UnitConversion units() {
    return new Conversions(Units.shared());
  }
}
