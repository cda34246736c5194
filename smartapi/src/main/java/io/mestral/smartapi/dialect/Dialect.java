package io.mestral.smartapi.dialect;

import io.mestral.smartapi.ontology.CoreVocabulary;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads terms of other dialects as our own (Smart API, section 1.2, rules 1 and 2): terms of the
 * edge profile that a later release of the vendor minted in its own namespace, two older names, and
 * the predicates of today's QUDT. Units and quantity kinds stay the IRIs they are; what they mean
 * is for {@code Units} to say. What only passes through is never rewritten: proofs are made over
 * the very terms that were sent.
 */
public final class Dialect {
  private static final Map<Iri, Iri> OURS = ours();

  private Dialect() {}

  /**
   * A graph in our own terms.
   *
   * @param received what was received
   * @return the same graph when no term of it needs another name
   */
  public static Graph normalise(Graph received) {
    if (received.triples().noneMatch(Dialect::isForeign)) {
      return received;
    }
    Graph.Builder ours = Graph.builder();
    received
        .triples()
        .forEach(
            t -> ours.add((Resource) own(t.subject()), (Iri) own(t.predicate()), own(t.object())));
    return ours.build();
  }

  private static boolean isForeign(Triple triple) {
    return OURS.containsKey(triple.predicate())
        || triple.object() instanceof Iri object && OURS.containsKey(object)
        || triple.subject() instanceof Iri subject && OURS.containsKey(subject);
  }

  private static Term own(Term term) {
    return term instanceof Iri iri ? OURS.getOrDefault(iri, iri) : term;
  }

  private static Map<Iri, Iri> ours() {
    Map<Iri, Iri> ours = new HashMap<>();
    for (Resource term : CoreVocabulary.graph().subjects()) {
      if (term instanceof Iri iri && iri.value().startsWith(Namespaces.SX)) {
        String name = iri.value().substring(Namespaces.SX.length());
        ours.put(new Iri(Namespaces.SMARTAPI + name), iri);
      }
    }
    ours.put(new Iri(Namespaces.SMARTAPI + "Update"), Individuals.WRITE);
    ours.put(new Iri(Namespaces.SMARTAPI + "managedBy"), SmartApi.IS_MANAGED_BY);
    ours.put(new Iri(Namespaces.QUDT_SCHEMA + "unit"), Qudt.UNIT);
    ours.put(new Iri(Namespaces.QUDT_SCHEMA + "hasUnit"), Qudt.UNIT);
    ours.put(new Iri(Namespaces.QUDT_SCHEMA + "quantityKind"), Qudt.QUANTITY_KIND);
    ours.put(new Iri(Namespaces.QUDT_SCHEMA + "hasQuantityKind"), Qudt.QUANTITY_KIND);
    return Map.copyOf(ours);
  }
}
