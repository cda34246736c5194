package io.mestral.smartapi.value;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys and their values, {@code smartapi:Map} (Smart API, section 4.6). Keys are compared by value:
 * {@code 1} and {@code 1.0} are the same one. The order has no meaning; it is kept so that what is
 * written twice is written alike. Immutable.
 */
public final class Dictionary {
  private final Map<Object, Map.Entry<Term, Term>> entries;

  private Dictionary(Map<Object, Map.Entry<Term, Term>> entries) {
    this.entries = entries;
  }

  /**
   * A dictionary of keys and values.
   *
   * @param values value by key: terms, Variants or Java values (see {@link Variant#ofJava}); a key
   *     whose value is null is left out
   * @return the dictionary
   * @throws SmartApiException of type InvalidParams if two keys are equal by value, or something is
   *     of a type that can't be written
   */
  public static Dictionary of(Map<?, ?> values) {
    Map<Object, Map.Entry<Term, Term>> entries = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          Term written = Variant.ofJava(key).term();
          if (value != null && !add(entries, written, Variant.ofJava(value).term())) {
            throw Variant.invalid(twice(written));
          }
        });
    return new Dictionary(entries);
  }

  /**
   * Reads a dictionary. Entries without a key or without a value are left out.
   *
   * @param graph where it is described
   * @param map its node
   * @return its entries
   * @throws SmartApiException of type ParseError if a key is there twice, or an entry has several
   *     keys or values
   */
  public static Dictionary read(Graph graph, Resource map) {
    Map<Object, Map.Entry<Term, Term>> entries = new LinkedHashMap<>();
    for (Term term : graph.objects(map, SmartApi.ENTRY)) {
      if (!(term instanceof Resource entry)) {
        continue; // a literal has neither key nor value
      }
      Collection<Term> keys = graph.objects(entry, SmartApi.KEY);
      Collection<Term> values = graph.objects(entry, Rdf.VALUE);
      if (keys.isEmpty() || values.isEmpty()) {
        continue;
      }
      if (keys.size() > 1 || values.size() > 1) {
        throw new SmartApiException(
            ErrorType.PARSE_ERROR,
            "An entry of a Map has %d keys and %d values; one of each is allowed, several values stand in a list."
                .formatted(keys.size(), values.size()),
            entry);
      }
      Term key = keys.iterator().next();
      if (!add(entries, key, values.iterator().next())) {
        throw new SmartApiException(ErrorType.PARSE_ERROR, twice(key), map);
      }
    }
    return new Dictionary(entries);
  }

  private static boolean add(Map<Object, Map.Entry<Term, Term>> entries, Term key, Term value) {
    return entries.putIfAbsent(ValueSpace.key(key), Map.entry(key, value)) == null;
  }

  private static String twice(Term key) {
    return "The key %s is twice in a Map; each key is allowed once.".formatted(Reading.shown(key));
  }

  /**
   * Writes the dictionary.
   *
   * @param graph where to
   * @return its new node, to be attached by {@code smartapi:map} or any other property
   */
  public Resource write(Graph.Builder graph) {
    Resource map = new Blank();
    graph.add(map, Rdf.TYPE, Types.MAP);
    for (Map.Entry<Term, Term> entry : entries.values()) {
      Resource node = new Blank();
      graph.add(map, SmartApi.ENTRY, node);
      graph.add(node, SmartApi.KEY, entry.getKey());
      graph.add(node, Rdf.VALUE, entry.getValue());
    }
    return map;
  }

  /**
   * How many entries there are.
   *
   * @return their number
   */
  public int size() {
    return entries.size();
  }

  /**
   * The value of a text key.
   *
   * @param key the key
   * @return its value, or nothing when the key isn't there; a node when it is an object or a list
   */
  public Optional<Variant> get(String key) {
    return get(Literal.of(key));
  }

  /**
   * The value of any key.
   *
   * @param key the key
   * @return its value, or nothing when no key is equal to it by value
   */
  public Optional<Variant> get(Term key) {
    return Optional.ofNullable(entries.get(ValueSpace.key(key)))
        .map(entry -> Variant.of(entry.getValue()));
  }

  /**
   * Keys with their values.
   *
   * @return them all, as an unmodifiable map compared by term
   */
  public Map<Term, Term> entries() {
    Map<Term, Term> all = new LinkedHashMap<>();
    entries.values().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableMap(all);
  }

  /** Dictionaries are equal when their entries are, term by term, in any order. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Dictionary that
        && Set.copyOf(entries.values()).equals(Set.copyOf(that.entries.values()));
  }

  @Override
  public int hashCode() {
    return Set.copyOf(entries.values()).hashCode();
  }

  /** The entries, for people who debug. */
  @Override
  public String toString() {
    return entries().toString();
  }
}
