package io.mestral.verticles.uplink;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.HashSet;
import java.util.Set;

/**
 * What another node is told of an Entity: all but the values of its ValueObjects, which change.
 * What isn't said may be so, and is asked for here. Of gateways it isn't told how they are spoken
 * to: the other node speaks to this one alone.
 */
final class Outlines {
  private static final Set<Iri> VALUES = Set.of(Rdf.VALUE, SmartApi.INSTANT, SmartApi.LIST);

  private static final Set<Iri> SAID =
      Set.of(
          Rdf.TYPE, Rdf.VALUE, SmartApi.INSTANT, SmartApi.DATA_TYPE, Qudt.UNIT, Qudt.QUANTITY_KIND);

  private Outlines() {}

  static Graph of(Entity entity) {
    Graph whole = entity.graph();
    Set<Resource> values = new HashSet<>();
    for (Resource node : whole.subjects())
      if (Ontology.core().isA(whole, node, Types.VALUE_OBJECT)
          || Ontology.core().isA(whole, node, Types.TIME_SERIES)) values.add(node);
    boolean isGateway = entity.isA(Types.GATEWAY);
    if (values.isEmpty() && !isGateway) return whole;
    Graph.Builder outline = Graph.builder();
    for (Triple triple : (Iterable<Triple>) whole.triples()::iterator)
      if (!isValue(triple, values) && !(isGateway && isParameter(triple, entity)))
        outline.add(triple);
    return Entity.at(outline.build(), entity.node()).closure();
  }

  /**
   * Its values alone, as a gateway tells them: those ValueObjects at its own properties that have
   * one, with what says how it is to be read. Nothing when there is none.
   */
  static Graph values(Entity entity) {
    Graph whole = entity.graph();
    Graph.Builder values = Graph.builder();
    boolean isAny = false;
    for (Triple triple : (Iterable<Triple>) whole.triplesOf(entity.node())::iterator)
      if (triple.object() instanceof Resource value
          && Ontology.core().isA(whole, value, Types.VALUE_OBJECT)
          && whole.object(value, Rdf.VALUE).isPresent()) {
        isAny = true;
        values.add(triple);
        whole.triplesOf(value).filter(t -> SAID.contains(t.predicate())).forEach(values::add);
      }
    if (!isAny) return Graph.empty();
    for (Term type : whole.objects(entity.node(), Rdf.TYPE))
      values.add(entity.node(), Rdf.TYPE, type);
    return values.build();
  }

  private static boolean isValue(Triple triple, Set<Resource> values) {
    return values.contains(triple.subject()) && VALUES.contains(triple.predicate());
  }

  private static boolean isParameter(Triple triple, Entity gateway) {
    return triple.subject().equals(gateway.node()) && triple.predicate().equals(SmartApi.PARAMETER);
  }
}
