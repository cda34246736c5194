package io.mestral.smartapi.value;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.util.Collection;

/**
 * Reads terms of the edge profile also where a message has them in the Smart API's own namespace,
 * into which they may move one day (Smart API, section 1.2, rule 1). The graph isn't changed.
 */
public final class Dialect {
  private Dialect() {}

  /**
   * The values of a property, under whichever of its names it stands.
   *
   * @param graph where to look
   * @param subject any node
   * @param property any property; only those of the edge profile have a second name
   * @return the values; empty when there is none
   */
  public static Collection<Term> objects(Graph graph, Resource subject, Iri property) {
    Collection<Term> values = graph.objects(subject, property);
    if (!values.isEmpty() || !property.value().startsWith(Namespaces.SX)) {
      return values;
    }
    String name = property.value().substring(Namespaces.SX.length());
    return graph.objects(subject, new Iri(Namespaces.SMARTAPI + name));
  }
}
