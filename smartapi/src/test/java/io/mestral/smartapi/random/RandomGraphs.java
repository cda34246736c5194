package io.mestral.smartapi.random;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Graphs of all shapes: trees, lists, broken lists, cycles and shared nodes, with terms that are
 * hard to write.
 */
public final class RandomGraphs {
  private static final int BLANKS = 7;
  private static final Iri[] PREDICATES = {
    Rdf.TYPE,
    Rdf.VALUE,
    SmartApi.LIST,
    SmartApi.GENERATED_AT,
    SmartApi.ENTITY,
    SmartApi.TIME_STEP,
    Sx.BALANCE
  };

  /** A term, once the blank nodes of the graph are known. */
  private interface Later<T extends Term> extends Function<Blank[], T> {}

  private record Statement(Later<Resource> subject, Iri predicate, Later<Term> object) {}

  private RandomGraphs() {}

  /** Graphs of up to 25 triples. */
  public static Arbitrary<Graph> graphs() {
    return graphs(RandomTerms.literals());
  }

  /** Graphs of up to 25 triples with the literals given. */
  public static Arbitrary<Graph> graphs(Arbitrary<Literal> literals) {
    return Combinators.combine(subjects(), predicates(), objects(literals))
        .as(Statement::new)
        .list()
        .ofMaxSize(25)
        .map(RandomGraphs::graph);
  }

  private static Graph graph(List<Statement> statements) {
    Blank[] blanks = IntStream.range(0, BLANKS).mapToObj(i -> new Blank()).toArray(Blank[]::new);
    Graph.Builder graph = Graph.builder();
    for (Statement each : statements) {
      graph.add(each.subject().apply(blanks), each.predicate(), each.object().apply(blanks));
    }
    return graph.build();
  }

  private static Arbitrary<Later<Resource>> subjects() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, blanks().map(blank -> all -> blank.apply(all))),
        Tuple.of(1, RandomTerms.iris().map(iri -> all -> iri)));
  }

  private static Arbitrary<Later<Blank>> blanks() {
    return Arbitraries.integers().between(0, BLANKS - 1).map(number -> all -> all[number]);
  }

  private static Arbitrary<Iri> predicates() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(Rdf.FIRST, Rdf.REST)),
        Tuple.of(2, Arbitraries.of(PREDICATES)),
        Tuple.of(1, RandomTerms.iris()));
  }

  private static Arbitrary<Later<Term>> objects(Arbitrary<Literal> literals) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, blanks().map(blank -> all -> blank.apply(all))),
        Tuple.of(1, Arbitraries.of(Rdf.NIL, Types.ENTITY).map(iri -> all -> iri)),
        Tuple.of(1, RandomTerms.iris().map(iri -> all -> iri)),
        Tuple.of(4, literals.map(literal -> all -> literal)));
  }
}
