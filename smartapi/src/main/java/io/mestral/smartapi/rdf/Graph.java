package io.mestral.smartapi.rdf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of triples that doesn't change, found by subject and predicate. It keeps the order in which
 * triples were first added, so that what is written twice is written alike; the order has no
 * meaning.
 */
public final class Graph {
  private static final Graph EMPTY = new Graph(Map.of(), 0);

  private final Map<Resource, Map<Iri, Values>> subjects;
  private final int size;

  private Graph(Map<Resource, Map<Iri, Values>> subjects, int size) {
    this.subjects = subjects;
    this.size = size;
  }

  /**
   * The graph without triples.
   *
   * @return always the same one
   */
  public static Graph empty() {
    return EMPTY;
  }

  /**
   * Begins a new graph.
   *
   * @return a builder without triples, for one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How many triples there are.
   *
   * @return their number
   */
  public int size() {
    return size;
  }

  /**
   * Everything that is a subject here.
   *
   * @return the subjects, in the order in which they were added
   */
  public Set<Resource> subjects() {
    return Collections.unmodifiableSet(subjects.keySet());
  }

  /**
   * Says whether anything is stated about a node.
   *
   * @param node any node
   * @return whether it is a subject here
   */
  public boolean describes(Resource node) {
    return subjects.containsKey(node);
  }

  /**
   * The properties a node has.
   *
   * @param subject any node
   * @return its predicates; empty when nothing is stated about it
   */
  public Set<Iri> predicates(Resource subject) {
    return Collections.unmodifiableSet(subjects.getOrDefault(subject, Map.of()).keySet());
  }

  /**
   * The values of one property of a node.
   *
   * @param subject any node
   * @param predicate any property
   * @return the values without repetition; empty when there is none
   */
  public Collection<Term> objects(Resource subject, Iri predicate) {
    Values values = subjects.getOrDefault(subject, Map.of()).get(predicate);
    return values == null ? List.of() : values.asCollection();
  }

  /**
   * The value of a property that has at most one.
   *
   * @param subject any node
   * @param predicate any property
   * @return the first of its values, or nothing
   */
  public Optional<Term> object(Resource subject, Iri predicate) {
    Values values = subjects.getOrDefault(subject, Map.of()).get(predicate);
    return values == null ? Optional.empty() : Optional.of(values.first());
  }

  /**
   * Says whether a triple stands here.
   *
   * @param subject the subject
   * @param predicate the predicate
   * @param object the object
   * @return whether it does
   */
  public boolean contains(Resource subject, Iri predicate, Term object) {
    Values values = subjects.getOrDefault(subject, Map.of()).get(predicate);
    return values != null && values.contains(object);
  }

  /**
   * Every triple, subject by subject.
   *
   * @return a stream over all of them
   */
  public Stream<Triple> triples() {
    return subjects.keySet().stream().flatMap(this::triplesOf);
  }

  /**
   * What is stated about one node.
   *
   * @param subject any node
   * @return a stream over its triples; empty when there are none
   */
  public Stream<Triple> triplesOf(Resource subject) {
    return subjects.getOrDefault(subject, Map.of()).entrySet().stream()
        .flatMap(
            property ->
                property.getValue().asCollection().stream()
                    .map(object -> new Triple(subject, property.getKey(), object)));
  }

  /** Two graphs are equal when they have the same triples, blank nodes being the same ones. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Graph that
        && size == that.size
        && triples().allMatch(t -> that.contains(t.subject(), t.predicate(), t.object()));
  }

  @Override
  public int hashCode() {
    return triples().mapToInt(Triple::hashCode).sum();
  }

  /** How many triples and subjects, for people who debug. */
  @Override
  public String toString() {
    return size + " triples about " + subjects.size() + " subjects";
  }

  /** Puts a {@link Graph} together, for one thread. After {@link #build} it is done with. */
  public static final class Builder {
    private Map<Resource, Map<Iri, Values>> subjects = new LinkedHashMap<>();
    private int size;

    private Builder() {}

    /**
     * Adds a triple; one that is there already stays once.
     *
     * @param subject the subject
     * @param predicate the predicate
     * @param object the object
     * @return this
     */
    public Builder add(Resource subject, Iri predicate, Term object) {
      Objects.requireNonNull(object, "object");
      Map<Iri, Values> properties =
          subjects.computeIfAbsent(subject, added -> new LinkedHashMap<>(8));
      Values values = properties.get(predicate);
      if (values == null) {
        properties.put(predicate, new Values(object));
        size++;
      } else if (values.add(object)) {
        size++;
      }
      return this;
    }

    /**
     * Adds a triple.
     *
     * @param triple the triple
     * @return this
     */
    public Builder add(Triple triple) {
      return add(triple.subject(), triple.predicate(), triple.object());
    }

    /**
     * Adds all triples of a graph.
     *
     * @param graph the other graph; its blank nodes stay the ones they are
     * @return this
     */
    public Builder addAll(Graph graph) {
      graph.triples().forEach(this::add);
      return this;
    }

    /**
     * How many triples were added so far.
     *
     * @return their number
     */
    public int size() {
      return size;
    }

    /**
     * Ends the building.
     *
     * @return the graph of all triples that were added
     */
    public Graph build() {
      Map<Resource, Map<Iri, Values>> built = subjects;
      subjects = null;
      return new Graph(built, size);
    }
  }

  /** The values of one property: one, a few in a list, or many in a set. */
  private static final class Values {
    private static final int FEW = 16;

    private final Term first;
    private Collection<Term> all;

    Values(Term first) {
      this.first = first;
    }

    Term first() {
      return first;
    }

    boolean contains(Term object) {
      return all == null ? first.equals(object) : all.contains(object);
    }

    boolean add(Term object) {
      if (contains(object)) {
        return false;
      }
      if (all == null) {
        all = new ArrayList<>(4);
        all.add(first);
      } else if (all.size() == FEW && all instanceof List) {
        all = new LinkedHashSet<>(all);
      }
      return all.add(object);
    }

    Collection<Term> asCollection() {
      return all == null ? List.of(first) : Collections.unmodifiableCollection(all);
    }
  }
}
