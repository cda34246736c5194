package io.mestral.smartapi.matching;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.Collection;
import java.util.List;

/**
 * A property under its IRI, or under the name that a Parameter gives it: templates treat both alike
 * (Smart API, section 5.2).
 *
 * @param iri the property; {@code smartapi:parameter} when it has a name instead
 * @param name the name; empty when it has an IRI
 */
record PropertyKey(Iri iri, String name) {

  static PropertyKey of(Iri iri) {
    return new PropertyKey(iri, "");
  }

  static PropertyKey named(String name) {
    return new PropertyKey(SmartApi.PARAMETER, name);
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  /** The values of the property that a node has. */
  Collection<Term> values(Graph graph, Resource node) {
    return isNamed()
        ? Parameters.read(graph, node).values(name).stream().map(Variant::term).toList()
        : graph.objects(node, iri);
  }

  /** States that a node has a value there. */
  void add(Graph.Builder graph, Resource node, Term value) {
    Parameters.write(graph, node, isNamed() ? name : iri.value(), List.of(value));
  }

  /** The property as messages to people name it. */
  @Override
  public String toString() {
    return isNamed() ? "\"" + name + "\"" : iri.toString();
  }
}
