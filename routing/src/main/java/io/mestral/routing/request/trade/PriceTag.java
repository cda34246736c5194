package io.mestral.routing.request.trade;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an Entity's owner wants for its values: Offerings with prices, for the business function
 * {@code gr:ProvideService} or none. Others, as {@code gr:LeaseOut}, say what the thing itself
 * costs, and keep nothing back.
 */
final class PriceTag {
  private static final Set<Iri> SAID_WITHOUT_VALUE =
      Set.of(
          Rdf.TYPE,
          Qudt.UNIT,
          Qudt.QUANTITY_KIND,
          SmartApi.DATA_TYPE,
          SmartApi.MINIMUM,
          SmartApi.MAXIMUM,
          Rdfs.LABEL);

  private PriceTag() {}

  static boolean isOn(Entity entity) {
    return entity.graph().object(entity.node(), Gr.OFFERS).isPresent()
        && offerings(entity).findAny().isPresent();
  }

  /** The Offerings that have to be accepted, as their owner wrote them. */
  static Stream<Offering> offerings(Entity entity) {
    return entity.graph().objects(entity.node(), Gr.OFFERS).stream()
        .filter(Resource.class::isInstance)
        .map(node -> Offering.at(entity.graph(), (Resource) node))
        .filter(PriceTag::isForValues);
  }

  private static boolean isForValues(Offering one) {
    List<Term> functions = List.copyOf(one.graph().objects(one.node(), Gr.HAS_BUSINESS_FUNCTION));
    return !one.prices().isEmpty()
        && (functions.isEmpty() || functions.contains(Gr.PROVIDE_SERVICE));
  }

  /** The Entity with its values as they are declared. */
  static Entity withoutValues(Entity priced) {
    Graph whole = priced.graph();
    Graph.Builder rest = Graph.builder();
    for (Resource node : whole.subjects()) {
      boolean isValue = !node.equals(priced.node()) && isValue(whole, node);
      whole
          .triplesOf(node)
          .filter(t -> !isValue || SAID_WITHOUT_VALUE.contains(t.predicate()))
          .forEach(rest::add);
    }
    return Entity.at(Entity.at(rest.build(), priced.node()).closure(), priced.node());
  }

  static boolean isValue(Graph graph, Resource node) {
    Ontology all = Ontology.core();
    return all.isA(graph, node, Types.VALUE_OBJECT) || all.isA(graph, node, Types.TIME_SERIES);
  }
}
