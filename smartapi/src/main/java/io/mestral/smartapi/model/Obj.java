package io.mestral.smartapi.model;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code smartapi:Object}, the root of the object model: anything that can have a name, types and
 * properties (Smart API, sections 1.3 and 1.7). It is a view on one node of a graph that doesn't
 * change, so objects may point at one another in circles, and one that is pointed at twice is the
 * same both times. What no method is made for is found by {@link #values} and {@link #named}.
 */
public class Obj {
  private final Graph graph;
  private final Resource node;

  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Obj(Graph graph, Resource node) {
    this.graph = Objects.requireNonNull(graph, "graph");
    this.node = Objects.requireNonNull(node, "node");
  }

  /**
   * What a graph says of a node.
   *
   * @param graph the graph
   * @param node the node
   * @return the view
   */
  public static Obj at(Graph graph, Resource node) {
    return new Obj(graph, node);
  }

  /**
   * The graph that this is described in.
   *
   * @return all of it, other nodes included
   */
  public final Graph graph() {
    return graph;
  }

  /**
   * The node.
   *
   * @return its IRI, or a blank node when it has no name
   */
  public final Resource node() {
    return node;
  }

  /**
   * The name.
   *
   * @return its IRI, or nothing when it is a blank node
   */
  public final Optional<Iri> iri() {
    return node instanceof Iri iri ? Optional.of(iri) : Optional.empty();
  }

  /**
   * The types as written, {@code rdf:type}; on the wire the most special ones alone.
   *
   * @return the types; empty when none is written
   */
  public final Set<Iri> types() {
    return new LinkedHashSet<>(iris(Rdf.TYPE));
  }

  /**
   * Says whether this is of a class or of a kind of it, as the bundled vocabulary knows them.
   *
   * @param type the class
   * @return whether it is
   * @see Ontology#isA(Graph, Resource, Iri) for the classes of operators
   */
  public final boolean isA(Iri type) {
    return Ontology.core().isA(graph, node, type);
  }

  /**
   * Sees the same node as another class.
   *
   * @param <T> the class
   * @param kind the class's method {@code at}
   * @return the view; types are not looked at
   */
  public final <T extends Obj> T as(Kind<T> kind) {
    return kind.at(graph, node);
  }

  /**
   * The properties it has.
   *
   * @return their IRIs; properties named by a Parameter are in {@link #named} instead
   */
  public final Set<Iri> properties() {
    return graph.predicates(node);
  }

  /**
   * All values of a property.
   *
   * @param property its IRI
   * @return the values; empty when there are none
   */
  public final List<Variant> values(Iri property) {
    return graph.objects(node, property).stream().map(Variant::of).toList();
  }

  /**
   * The values of properties whose names are no IRIs (Smart API, section 5.2).
   *
   * @return the values by name
   */
  public final Parameters named() {
    return Parameters.read(graph, node);
  }

  /**
   * A name for people, {@code rdfs:label}.
   *
   * @return the text, or nothing
   */
  public final Optional<String> label() {
    return text(Rdfs.LABEL);
  }

  /**
   * A description for people, {@code rdfs:comment}.
   *
   * @return the text, or nothing
   */
  public final Optional<String> comment() {
    return text(Rdfs.COMMENT);
  }

  /**
   * Who made this, {@code smartapi:generatedBy}; in a message the sender.
   *
   * @return the identity, or nothing
   */
  public final Optional<Iri> generatedBy() {
    return iri(SmartApi.GENERATED_BY);
  }

  /**
   * When this was made, {@code smartapi:generatedAt}.
   *
   * @return the moment, or nothing
   */
  public final Optional<Instant> generatedAt() {
    return moment(SmartApi.GENERATED_AT);
  }

  /**
   * Other names of the same thing, {@code owl:sameAs}.
   *
   * @return their IRIs; empty when there are none
   */
  public final List<Iri> sameAs() {
    return iris(Owl.SAME_AS);
  }

  /**
   * The value of a property that has one at most.
   *
   * @param property its IRI
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public final Optional<Variant> value(Iri property) {
    return term(property).map(Variant::of);
  }

  /**
   * The value of a property that has one at most, as RDF has it.
   *
   * @param property its IRI
   * @return the term, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public final Optional<Term> term(Iri property) {
    Collection<Term> terms = graph.objects(node, property);
    if (terms.size() > 1) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "%s has %d values at %s, one is allowed.".formatted(property, terms.size(), node),
          node);
    }
    return terms.stream().findFirst();
  }

  /**
   * The object at a property that has one at most.
   *
   * @param <T> its class
   * @param property the property's IRI
   * @param kind the class's method {@code at}
   * @return the object, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or a literal
   */
  public final <T extends Obj> Optional<T> object(Iri property, Kind<T> kind) {
    return term(property).map(term -> kind.at(graph, resource(property, term)));
  }

  /**
   * The objects at a property.
   *
   * @param <T> their class
   * @param property the property's IRI
   * @param kind the class's method {@code at}
   * @return the objects; empty when there are none
   * @throws SmartApiException of type InvalidParams if there is a literal
   */
  public final <T extends Obj> List<T> objects(Iri property, Kind<T> kind) {
    return graph.objects(node, property).stream()
        .map(term -> kind.at(graph, resource(property, term)))
        .toList();
  }

  /**
   * The list at a property that has one at most, whichever way it is encoded (Smart API, section
   * 4).
   *
   * @param property its IRI
   * @return the list, or nothing where there is no value, or something that is no list
   * @throws SmartApiException of type InvalidParams if there are several values, ParseError if the
   *     list is malformed, TooLargeError if it is too long
   */
  public final Optional<RdfList> list(Iri property) {
    return term(property).flatMap(term -> RdfList.read(graph, term));
  }

  /**
   * What the graph says of this object and of everything it leads to, step by step.
   *
   * @return a graph of its own, without what this object doesn't lead to
   */
  public final Graph closure() {
    Graph.Builder closure = Graph.builder();
    Set<Resource> seen = new HashSet<>();
    Deque<Resource> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      Resource next = open.pop();
      if (seen.add(next)) {
        graph
            .triplesOf(next)
            .forEach(
                triple -> {
                  closure.add(triple);
                  if (triple.object() instanceof Resource resource) {
                    open.add(resource);
                  }
                });
      }
    }
    return closure.build();
  }

  /** Objects are equal when they are of one class and see the same node of equal graphs. */
  @Override
  public final boolean equals(Object other) {
    return other != null
        && getClass() == other.getClass()
        && node.equals(((Obj) other).node)
        && (graph == ((Obj) other).graph || graph.equals(((Obj) other).graph));
  }

  @Override
  public final int hashCode() {
    return node.hashCode();
  }

  /** Class and node, for people who debug; no values, which may be secret. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + " " + node;
  }

  /** The text of a property that has one at most. */
  protected final Optional<String> text(Iri property) {
    return value(property).map(Variant::asString);
  }

  /** The texts of a property. */
  protected final List<String> texts(Iri property) {
    return values(property).stream().map(Variant::asString).toList();
  }

  /** The whole number at a property that has one at most. */
  protected final Optional<Long> integer(Iri property) {
    return value(property).map(Variant::asLong);
  }

  /** The number at a property that has one at most. */
  protected final Optional<Double> real(Iri property) {
    return value(property).map(Variant::asDouble);
  }

  /** The decimal number at a property that has one at most; a float's text is taken as one. */
  protected final Optional<BigDecimal> decimal(Iri property) {
    return value(property).map(Variant::asWrittenDecimal);
  }

  /** The truth value at a property that has one at most. */
  protected final Optional<Boolean> truth(Iri property) {
    return value(property).map(Variant::asBoolean);
  }

  /** The moment at a property that has one at most. */
  protected final Optional<Instant> moment(Iri property) {
    return value(property).map(Variant::asInstant);
  }

  /** The length of time at a property that has one at most. */
  protected final Optional<Duration> length(Iri property) {
    return value(property).map(Variant::asDuration);
  }

  /** The IRI at a property that has one at most. */
  protected final Optional<Iri> iri(Iri property) {
    return value(property).map(Variant::asIri);
  }

  /** The IRIs at a property. */
  protected final List<Iri> iris(Iri property) {
    return values(property).stream().map(Variant::asIri).toList();
  }

  private Resource resource(Iri property, Term term) {
    if (term instanceof Resource resource) {
      return resource;
    }
    throw new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "%s of %s is the literal %s, an object is wanted.".formatted(property, node, term),
        node);
  }
}
