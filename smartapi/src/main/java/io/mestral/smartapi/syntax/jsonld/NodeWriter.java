package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonGenerator;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the nodes of a graph as JSON objects in one another. For one document. */
final class NodeWriter {
  private final Graph graph;
  private final Names names;
  private final boolean expanded;
  private final int deepest;
  private final JsonGenerator to;
  private final Set<Resource> written = new HashSet<>();
  private final Map<Resource, Integer> references = new HashMap<>();
  private final Map<Blank, String> labels = new HashMap<>();

  /**
   * A writer of one graph.
   *
   * @param graph the graph
   * @param names shortens IRIs
   * @param expanded whether every value is an object
   * @param deepest how deep nodes may stand in one another
   * @param to takes the JSON
   */
  NodeWriter(Graph graph, Names names, boolean expanded, int deepest, JsonGenerator to) {
    this.graph = graph;
    this.names = names;
    this.expanded = expanded;
    this.deepest = deepest;
    this.to = to;
    graph
        .triples()
        .forEach(
            triple -> {
              if (triple.object() instanceof Resource node) {
                references.merge(node, 1, Integer::sum);
              }
            });
  }

  /**
   * Writes a node, and in it the nodes that it refers to, then those that weren't reached.
   *
   * @param root the node to begin with
   * @return how many objects were written
   * @throws IOException if they can't be written
   */
  int write(Resource root) throws IOException {
    int objects = top(root);
    for (Resource subject : graph.subjects()) {
      if (!references.containsKey(subject)) {
        objects += top(subject);
      }
    }
    for (Resource subject : graph.subjects()) { // those in cycles, and those cut off
      objects += top(subject);
    }
    return objects;
  }

  private int top(Resource node) throws IOException {
    if (written.contains(node) || !graph.describes(node)) {
      return 0;
    }
    node(node, references.containsKey(node), 1);
    return 1;
  }

  private void node(Resource node, boolean labelled, int depth) throws IOException {
    written.add(node);
    to.writeStartObject();
    if (node instanceof Iri || labelled) {
      to.writeStringField("@id", name(node));
    }
    types(node);
    for (Iri predicate : graph.predicates(node)) {
      Collection<Term> values = graph.objects(node, predicate);
      if (predicate.equals(Rdf.TYPE)) {
        values = values.stream().filter(value -> !(value instanceof Iri)).toList();
      }
      if (!values.isEmpty()) {
        to.writeFieldName(names.of(predicate));
        values(values, names.property(predicate), depth);
      }
    }
    to.writeEndObject();
  }

  private void types(Resource node) throws IOException {
    List<String> types = new ArrayList<>();
    for (Term type : graph.objects(node, Rdf.TYPE)) {
      if (type instanceof Iri iri) {
        types.add(names.of(iri));
      }
    }
    if (types.size() == 1 && !expanded) {
      to.writeStringField("@type", types.get(0));
    } else if (!types.isEmpty()) {
      to.writeArrayFieldStart("@type");
      for (String type : types) {
        to.writeString(type);
      }
      to.writeEndArray();
    }
  }

  private void values(Collection<Term> values, Property property, int depth) throws IOException {
    if (values.size() == 1 && !expanded) {
      value(values.iterator().next(), property, depth);
      return;
    }
    to.writeStartArray();
    for (Term value : values) {
      value(value, property, depth);
    }
    to.writeEndArray();
  }

  private void value(Term value, Property property, int depth) throws IOException {
    if (value instanceof Literal literal) {
      LiteralWriter.write(literal, property, expanded, names, to);
      return;
    }
    Resource node = (Resource) value;
    boolean nested = depth < deepest && !written.contains(node) && graph.describes(node);
    Optional<List<Term>> list = nested ? list(node) : Optional.empty();
    if (list.isPresent()) {
      to.writeStartObject();
      to.writeArrayFieldStart("@list");
      for (Term item : list.get()) {
        value(item, property, depth + 1);
      }
      to.writeEndArray();
      to.writeEndObject();
    } else if (nested) {
      node(node, references.get(node) > 1, depth + 1);
    } else if (property.reference() && !expanded) {
      to.writeString(name(node));
    } else {
      to.writeStartObject();
      to.writeStringField("@id", name(node));
      to.writeEndObject();
    }
  }

  private String name(Resource node) {
    return node instanceof Iri iri
        ? names.of(iri)
        : labels.computeIfAbsent((Blank) node, blank -> "_:b" + labels.size());
  }

  /** The items of a list whose cells are nothing but cells; they count as written then. */
  private Optional<List<Term>> list(Resource head) {
    List<Term> items = new ArrayList<>();
    List<Resource> cells = new ArrayList<>();
    Term next = head;
    while (!next.equals(Rdf.NIL)) {
      if (!(next instanceof Blank cell) || !isCell(cell) || cells.size() > graph.size()) {
        return Optional.empty();
      }
      cells.add(cell);
      items.add(graph.object(cell, Rdf.FIRST).orElseThrow());
      next = graph.object(cell, Rdf.REST).orElseThrow();
    }
    written.addAll(cells);
    return cells.isEmpty() ? Optional.empty() : Optional.of(items);
  }

  private boolean isCell(Blank node) {
    return references.get(node) == 1
        && !written.contains(node)
        && graph.predicates(node).size() == 2
        && graph.objects(node, Rdf.FIRST).size() == 1
        && graph.objects(node, Rdf.REST).size() == 1;
  }
}
