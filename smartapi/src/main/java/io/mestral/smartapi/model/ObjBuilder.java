package io.mestral.smartapi.model;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Puts an object together, for one thread. A property that is set twice has both values.
 *
 * @param <T> what is built
 * @param <B> the builder itself
 */
public abstract class ObjBuilder<T extends Obj, B extends ObjBuilder<T, B>> {
  private final Graph.Builder graph = Graph.builder();
  private final Resource node;
  private final Kind<T> kind;

  /**
   * For subclasses.
   *
   * @param node the node that is described
   * @param type its class
   * @param kind how it is seen when built
   */
  protected ObjBuilder(Resource node, Iri type, Kind<T> kind) {
    this.node = node;
    this.kind = kind;
    graph.add(node, Rdf.TYPE, type);
  }

  /**
   * Adds a type beside the class's own, such as one of the user's.
   *
   * @param type the class
   * @return this
   */
  public final B type(Iri type) {
    return property(Rdf.TYPE, type);
  }

  /**
   * Adds a name for people, {@code rdfs:label}.
   *
   * @param text any text
   * @return this
   */
  public final B label(String text) {
    return property(Rdfs.LABEL, Literal.of(text));
  }

  /**
   * Adds a description for people, {@code rdfs:comment}.
   *
   * @param text any text
   * @return this
   */
  public final B comment(String text) {
    return property(Rdfs.COMMENT, Literal.of(text));
  }

  /**
   * Says who made it, {@code smartapi:generatedBy}; in a message the sender.
   *
   * @param identity the maker's IRI
   * @return this
   */
  public final B generatedBy(Iri identity) {
    return property(SmartApi.GENERATED_BY, identity);
  }

  /**
   * Says when it was made, {@code smartapi:generatedAt}.
   *
   * @param moment the moment, written to the millisecond
   * @return this
   */
  public final B generatedAt(Instant moment) {
    return property(SmartApi.GENERATED_AT, Literal.of(moment));
  }

  /**
   * Names the same thing differently, {@code owl:sameAs}.
   *
   * @param iri its other name
   * @return this
   */
  public final B sameAs(Iri iri) {
    return property(Owl.SAME_AS, iri);
  }

  /**
   * Adds a value of a property.
   *
   * @param property its IRI
   * @param value any term; what a node means is added by {@link #property(Iri, Obj)} or {@link
   *     #describe}
   * @return this
   */
  public final B property(Iri property, Term value) {
    graph.add(node, property, value);
    return self();
  }

  /**
   * Adds a value of a property.
   *
   * @param property its IRI
   * @param value any value
   * @return this
   */
  public final B property(Iri property, Variant value) {
    return property(property, value.term());
  }

  /**
   * Adds an object at a property, with what its graph says of it and of whatever it leads to.
   *
   * @param property its IRI
   * @param value any object
   * @return this
   */
  public final B property(Iri property, Obj value) {
    graph.add(node, property, value.node());
    return describe(value);
  }

  /**
   * Adds a value of a property whose name may be no IRI (Smart API, section 5.2): an absolute IRI
   * becomes the property, any other name a Parameter.
   *
   * @param name the name, not empty
   * @param value any value
   * @return this
   */
  public final B named(String name, Variant value) {
    Parameters.write(graph, node, name, List.of(value));
    return self();
  }

  /**
   * Adds a list as the value of a property, in the kind that fits it (Smart API, section 4.5).
   *
   * @param property its IRI
   * @param items terms, Variants, objects or Java values (see {@link Variant#ofJava}); null where
   *     there is no value
   * @return this
   * @throws SmartApiException as {@link #list(Iri, Collection, ListWriter)}
   */
  public final B list(Iri property, Collection<?> items) {
    return list(property, items, new ListWriter());
  }

  /**
   * Adds a list as the value of a property.
   *
   * @param property its IRI
   * @param items terms, Variants, objects or Java values (see {@link Variant#ofJava}); null where
   *     there is no value
   * @param writer of which kind it becomes
   * @return this
   * @throws SmartApiException of type TooLargeError if there are more than the kind may have,
   *     InvalidParams if the kind can't hold them or an item is of a type that can't be written
   */
  public final B list(Iri property, Collection<?> items, ListWriter writer) {
    List<Object> values = new ArrayList<>(items.size());
    for (Object item : items) {
      if (item instanceof Obj object) {
        describe(object);
        values.add(object.node());
      } else {
        values.add(item);
      }
    }
    return property(property, writer.writeValues(graph, values));
  }

  /**
   * Adds what is said of an object that something here points at.
   *
   * @param object any object; what it leads to is added as well
   * @return this
   */
  public final B describe(Obj object) {
    graph.addAll(object.closure());
    return self();
  }

  /**
   * Adds triples that no object stands for, such as a list's.
   *
   * @param triples any graph
   * @return this
   */
  public final B describe(Graph triples) {
    graph.addAll(triples);
    return self();
  }

  /**
   * Ends the building; the builder is done with.
   *
   * @return the object
   */
  public final T build() {
    return kind.at(graph.build(), node);
  }

  @SuppressWarnings("unchecked") // B is the builder itself, by its declaration
  private B self() {
    return (B) this;
  }
}
