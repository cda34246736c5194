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
  /** So many triples are a list sooner than a stream of streams. */
  private static final int FEW = 1_000;

  private static final Graph EMPTY = new Graph(Map.of(), 0);

  private final Map<Resource, Properties> subjects;
  private final int size;

  private Graph(Map<Resource, Properties> subjects, int size) {
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
    return Collections.unmodifiableSet(properties(subject).values.keySet());
  }

  /**
   * The values of one property of a node.
   *
   * @param subject any node
   * @param predicate any property
   * @return the values without repetition; empty when there is none
   */
  public Collection<Term> objects(Resource subject, Iri predicate) {
    Values values = properties(subject).values.get(predicate);
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
    Values values = properties(subject).values.get(predicate);
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
    Values values = properties(subject).values.get(predicate);
    return values != null && values.contains(object);
  }

  /**
   * Says whether anything has a property.
   *
   * @param predicate any property
   * @return whether it stands in some triple
   */
  public boolean uses(Iri predicate) {
    for (Properties one : subjects.values()) {
      if (one.values.containsKey(predicate)) {
        return true;
      }
    }
    return false;
  }

  private Properties properties(Resource subject) {
    return subjects.getOrDefault(subject, Properties.NONE);
  }

  /**
   * Every triple, subject by subject.
   *
   * @return a stream over all of them
   */
  public Stream<Triple> triples() {
    if (size > FEW) {
      return subjects.keySet().stream().flatMap(this::triplesOf);
    }
    List<Triple> all = new ArrayList<>(size);
    subjects.forEach((subject, properties) -> properties.addTo(all, subject));
    return all.stream();
  }

  /**
   * What is stated about one node.
   *
   * @param subject any node
   * @return a stream over its triples; empty when there are none
   */
  public Stream<Triple> triplesOf(Resource subject) {
    Properties properties = properties(subject);
    int count = properties.size();
    if (count <= FEW) {
      List<Triple> all = new ArrayList<>(count);
      properties.addTo(all, subject);
      return all.stream();
    }
    return properties.values.entrySet().stream()
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
    private Map<Resource, Properties> subjects = new LinkedHashMap<>();
    private int size;

    /** Most triples have the subject of the one before. */
    private Resource lastSubject;

    private Properties lastProperties = Properties.NONE;

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
      if (subject != lastSubject) {
        lastProperties = own(subject);
        lastSubject = subject;
      }
      Values values = lastProperties.values.get(predicate);
      if (values == null) {
        lastProperties.values.put(predicate, new Values(object));
        size++;
      } else if (values.add(object)) {
        size++;
      }
      return this;
    }

    /** The properties of a subject, not shared with a graph. */
    private Properties own(Resource subject) {
      Properties properties = subjects.get(subject);
      if (properties == null || properties.shared) {
        properties = properties == null ? new Properties() : properties.copy();
        subjects.put(subject, properties);
      }
      return properties;
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
      graph.subjects.keySet().forEach(subject -> addLike(subject, graph, subject));
      return this;
    }

    /**
     * States of a node what a graph states of another one, or of the same. Quick for a node that
     * nothing was stated of yet.
     *
     * @param subject the node
     * @param graph the other graph; blank nodes that are values there stay the ones they are
     * @param like the node there
     * @return this
     */
    public Builder addLike(Resource subject, Graph graph, Resource like) {
      Properties properties = graph.properties(like);
      if (properties.values.isEmpty()) {
        return this;
      }
      if (subjects.containsKey(subject)) {
        graph.triplesOf(like).forEach(triple -> add(subject, triple.predicate(), triple.object()));
      } else {
        properties.shared = true;
        subjects.put(subject, properties);
        size += properties.size();
      }
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
      Map<Resource, Properties> built = subjects;
      subjects = null;
      lastSubject = null;
      return new Graph(built, size);
    }
  }

  /**
   * The properties of one subject. In a graph they don't change; a builder that shares them says so
   * and copies them before it adds more.
   */
  private static final class Properties {
    static final Properties NONE = new Properties();

    private final Map<Iri, Values> values = new LinkedHashMap<>(8);
    private boolean shared;

    Properties copy() {
      Properties copy = new Properties();
      values.forEach((predicate, objects) -> copy.values.put(predicate, objects.copy()));
      return copy;
    }

    void addTo(List<Triple> all, Resource subject) {
      values.forEach(
          (predicate, objects) -> {
            for (Term object : objects.asCollection()) {
              all.add(new Triple(subject, predicate, object));
            }
          });
    }

    /** How many triples. */
    int size() {
      int size = 0;
      for (Values objects : values.values()) {
        size += objects.size();
      }
      return size;
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

    Values copy() {
      Values copy = new Values(first);
      if (all != null) {
        copy.all = all instanceof List ? new ArrayList<>(all) : new LinkedHashSet<>(all);
      }
      return copy;
    }

    int size() {
      return all == null ? 1 : all.size();
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
