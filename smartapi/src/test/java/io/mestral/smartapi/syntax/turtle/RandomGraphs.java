package io.mestral.smartapi.syntax.turtle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.SmartApi;
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
  private static final List<String> NAMESPACES =
      List.of(
          "http://smart-api.io/ontology/1.0/smartapi#",
          "http://data.nasa.gov/qudt/owl/unit#",
          "https://fleet.example/id/",
          "urn:uuid:",
          "x:");
  private static final List<String> LOCALS =
      List.of(
          "car-7",
          "a",
          "a.b",
          "a.",
          ".a",
          "-a",
          "_a",
          "7",
          "",
          "a:b",
          "a%20b",
          "é",
          "日本",
          "(a)",
          "a'b",
          "a/b#c",
          "a?b=c&d=e",
          "true",
          "😀",
          "a..b",
          "a~b",
          "a,b;c",
          "../a",
          "a@b",
          "*!$+=");

  /** A term, once the blank nodes of the graph are known. */
  private interface Later<T extends Term> extends Function<Blank[], T> {}

  private record Statement(Later<Resource> subject, Iri predicate, Later<Term> object) {}

  private RandomGraphs() {}

  /** Graphs of up to 25 triples. */
  public static Arbitrary<Graph> graphs() {
    return Combinators.combine(subjects(), predicates(), objects())
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
        Tuple.of(1, iris().map(iri -> all -> iri)));
  }

  private static Arbitrary<Later<Blank>> blanks() {
    return Arbitraries.integers().between(0, BLANKS - 1).map(number -> all -> all[number]);
  }

  private static Arbitrary<Iri> predicates() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(Rdf.FIRST, Rdf.REST)),
        Tuple.of(2, Arbitraries.of(Rdf.TYPE, SmartApi.ENTITY)),
        Tuple.of(1, iris()));
  }

  private static Arbitrary<Later<Term>> objects() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, blanks().map(blank -> all -> blank.apply(all))),
        Tuple.of(1, Arbitraries.of(Rdf.NIL, Types.ENTITY).map(iri -> all -> iri)),
        Tuple.of(1, iris().map(iri -> all -> iri)),
        Tuple.of(4, literals().map(literal -> all -> literal)));
  }

  private static Arbitrary<Iri> iris() {
    return Combinators.combine(Arbitraries.of(NAMESPACES), Arbitraries.of(LOCALS))
        .as((namespace, local) -> new Iri(namespace + local));
  }

  /** Literals of every kind, well-formed or not. */
  public static Arbitrary<Literal> literals() {
    Arbitrary<Iri> datatypes =
        Arbitraries.of(
            Xsd.STRING,
            Xsd.INTEGER,
            Xsd.DECIMAL,
            Xsd.DOUBLE,
            Xsd.BOOLEAN,
            Xsd.DATE_TIME,
            Rdf.JSON,
            new Iri("https://example.org/type#é"),
            new Iri("x:"));
    Arbitrary<String> numbers =
        Arbitraries.of(
            "1", "+1", "-01", "1.", "1.0", ".5", "+.5", "-", ".", "1e5", "1.E5", "1.0E-5", ".5e+5",
            "E5", "1.0e", "NaN", "INF", "-0.0E0", "true", "TRUE", "1 ", "1.5.5", "٣");
    return Arbitraries.oneOf(
        Combinators.combine(texts(), datatypes).as(Literal::of),
        Combinators.combine(numbers, datatypes).as(Literal::of),
        Arbitraries.doubles().map(Literal::of),
        Arbitraries.longs().map(Literal::of),
        Arbitraries.bigDecimals().map(Literal::of),
        Combinators.combine(texts(), Arbitraries.of("en", "de-AT", "zh-Hant-TW", "x-a-1"))
            .as(Literal::inLanguage));
  }

  private static Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a", "\"", "'", "\\", "\n", "\r", "\t", "\b", "\f", "\u0000", "\u0001", "\u007F", "é",
            "日", "😀", "\uFFFD", "\uFEFF", "\uFFFE", "\u0085", "\u2028", "#", "[", "(", "<", "<<",
            "{", "@en", "^^", ".", " ", "\\u0041", "\"\"\"", "?");
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(8).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(12).map(RandomGraphs::withoutHalves));
  }

  /** Half a surrogate pair is no character, and no writer's. */
  private static String withoutHalves(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
