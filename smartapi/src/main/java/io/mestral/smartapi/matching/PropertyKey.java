package io.mestral.smartapi.matching;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayList;
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
    if (!isNamed()) {
      return graph.objects(node, iri);
    }
    List<Term> values = new ArrayList<>();
    for (Term parameter : graph.objects(node, SmartApi.PARAMETER)) {
      if (parameter instanceof Resource one
          && graph.contains(one, SmartApi.KEY, Literal.of(name))) {
        values.addAll(graph.objects(one, Rdf.VALUE));
      }
    }
    return values;
  }

  /** States that a node has a value there. */
  void add(Graph.Builder graph, Resource node, Term value) {
    if (!isNamed()) {
      graph.add(node, iri, value);
      return;
    }
    Blank parameter = new Blank();
    graph.add(node, SmartApi.PARAMETER, parameter);
    graph.add(parameter, Rdf.TYPE, Types.PARAMETER);
    graph.add(parameter, SmartApi.KEY, Literal.of(name));
    graph.add(parameter, Rdf.VALUE, value);
  }

  /** The property as messages to people name it. */
  @Override
  public String toString() {
    return isNamed() ? "\"" + name + "\"" : iri.toString();
  }
}
