package io.mestral.smartapi.value;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Properties whose names aren't IRIs, {@code smartapi:parameter} (Smart API, section 5.2). A name
 * may have several values, without order. Immutable.
 */
public final class Parameters {
  private final Map<String, Set<Term>> values;

  private Parameters(Map<String, Set<Term>> values) {
    this.values = values;
  }

  /**
   * Reads the Parameters of a node. Several with the same name add up; one without a name is left
   * out.
   *
   * @param graph where it is described
   * @param subject whose Parameters
   * @return its Parameters
   * @throws SmartApiException of type ParseError if a Parameter has several names, or one that is
   *     no text
   */
  public static Parameters read(Graph graph, Resource subject) {
    Map<String, Set<Term>> values = new LinkedHashMap<>();
    for (Term term : graph.objects(subject, SmartApi.PARAMETER)) {
      if (!(term instanceof Resource parameter)) {
        throw new SmartApiException(
            ErrorType.PARSE_ERROR,
            "A Parameter is %s; it has to be a node with smartapi:key and rdf:value."
                .formatted(Reading.shown(term)),
            subject);
      }
      Collection<Term> names = graph.objects(parameter, SmartApi.KEY);
      if (names.isEmpty()) {
        continue;
      }
      if (names.size() > 1 || !(names.iterator().next() instanceof Literal name)) {
        throw new SmartApiException(
            ErrorType.PARSE_ERROR,
            "A Parameter has %d keys, the first being %s; one text is allowed."
                .formatted(names.size(), Reading.shown(names.iterator().next())),
            parameter);
      }
      values
          .computeIfAbsent(name.lexical(), first -> new LinkedHashSet<>())
          .addAll(graph.objects(parameter, Rdf.VALUE));
    }
    return new Parameters(values);
  }

  /**
   * Writes values under a name: as the property itself when the name is an absolute IRI, else in a
   * new Parameter.
   *
   * @param graph where to
   * @param subject what has the values
   * @param name an absolute IRI or any other text
   * @param values terms, Variants or Java values (see {@link Variant#ofJava}); null ones are left
   *     out, and nothing is written when none is left
   * @throws SmartApiException of type InvalidParams if a value is of a type that can't be written
   */
  public static void write(
      Graph.Builder graph, Resource subject, String name, Collection<?> values) {
    List<Term> written = new ArrayList<>();
    for (Object value : values) {
      if (value != null) {
        written.add(Variant.ofJava(value).term());
      }
    }
    if (Iri.isAbsolute(name)) {
      written.forEach(value -> graph.add(subject, new Iri(name), value));
    } else if (!written.isEmpty()) {
      Resource parameter = new Blank();
      graph.add(subject, SmartApi.PARAMETER, parameter);
      graph.add(parameter, Rdf.TYPE, Types.PARAMETER);
      graph.add(parameter, SmartApi.KEY, Literal.of(name));
      written.forEach(value -> graph.add(parameter, Rdf.VALUE, value));
    }
  }

  /**
   * Writes all of these Parameters.
   *
   * @param graph where to
   * @param subject what gets them
   */
  public void write(Graph.Builder graph, Resource subject) {
    values.forEach((name, all) -> write(graph, subject, name, all));
  }

  /**
   * The names.
   *
   * @return every name that a Parameter has, in the order in which they were read
   */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * All values of a name.
   *
   * @param name any name
   * @return its values without repetition; nodes where lists or objects stand; empty when there is
   *     no such Parameter
   */
  public List<Variant> values(String name) {
    return values.getOrDefault(name, Set.of()).stream().map(Variant::of).toList();
  }

  /**
   * The value of a name that has one.
   *
   * @param name any name
   * @return its value, or nothing when there is none
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Variant> value(String name) {
    List<Variant> all = values(name);
    if (all.size() > 1) {
      throw Variant.invalid(
          "The Parameter \"%s\" has %d values; one is expected.".formatted(name, all.size()));
    }
    return all.stream().findFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names and values, for people who debug. */
  @Override
  public String toString() {
    return values.toString();
  }
}
