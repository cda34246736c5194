package io.mestral.smartapi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {
  private static final Iri S = new Iri("urn:s");
  private static final Iri P = new Iri("urn:p");
  private static final Iri Q = new Iri("urn:q");

  @Provide
  Arbitrary<Graph> graphs() {
    return RandomGraphs.all();
  }

  @Property(tries = 3000)
  void theLibraryComesToTheSameForm(@ForAll("graphs") Graph any, @ForAll HashAlgorithm hash) {
    Graph.Builder kept = Graph.builder(); // the library hashes a triple of one blank node twice
    any.triples().filter(t -> !(t.object() == t.subject())).forEach(kept::add);
    Graph graph = kept.build();
    byte[] form = Canonical.form(graph, hash, WorkBudget.DEFAULT.start());
    assertThat(text(form)).isEqualTo(libraryForm(graph, hash));
  }

  @Test
  void aTripleFromABlankNodeToItselfIsHashedOnce() {
    Blank loop = new Blank();
    Blank other = new Blank();
    for (int i = 0; i < 20; i++) {
      Iri predicate = new Iri("urn:p" + i);
      Graph graph =
          Graph.builder().add(loop, predicate, loop).add(other, predicate, Literal.of("x")).build();
      String ofLoop = hex("_:a <urn:p" + i + "> _:a .\n");
      String ofOther = hex("_:a <urn:p" + i + "> \"x\" .\n");
      int first = ofLoop.compareTo(ofOther) < 0 ? 0 : 1;
      assertThat(text(Canonical.form(graph)))
          .contains("_:c14n" + first + " <urn:p" + i + "> _:c14n" + first + " .");
    }
  }

  @Property(tries = 1000)
  void orderAndLabelsDoNotMatter(@ForAll("graphs") Graph graph, @ForAll Random random) {
    assertThat(text(Canonical.form(RandomGraphs.disguised(graph, random))))
        .isEqualTo(text(Canonical.form(graph)));
  }

  @Property(tries = 1000)
  void aCanonicalFormIsReadBack(@ForAll("graphs") Graph graph) {
    byte[] form = Canonical.form(graph);
    assertThat(text(Canonical.form(new NTriplesReader(Limits.DEFAULT).read(form))))
        .isEqualTo(text(form));
  }

  @Property
  void everyTextIsReadBack(@ForAll String text) {
    Graph graph = Graph.builder().add(S, P, Literal.of(text)).build();
    assertThat(new NTriplesReader(Limits.DEFAULT).read(Canonical.form(graph))).isEqualTo(graph);
  }

  @ParameterizedTest
  @EnumSource
  void twoChainsOfAlikeNodesAreToldApartByTheirEnds(HashAlgorithm hash) {
    Graph.Builder graph = Graph.builder();
    chain(graph, 40, "one");
    chain(graph, 40, "other");
    chain(graph, 40, "other");
    Graph built = graph.build();
    assertThat(text(Canonical.form(built, hash, WorkBudget.DEFAULT.start())))
        .isEqualTo(libraryForm(built, hash));
  }

  /** Shapes that the standard's own tests are made of, as pairs of numbered blank nodes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0-1 0-2 1-3 2-3", // a diamond
        "0-1 1-0", // each with the other
        "0-1 1-2 2-0", // a circle
        "0-1 1-2 2-0 0-2 2-1 1-0", // a circle both ways
        "0-1 1-2 2-0 3-4 4-5 5-3", // two circles
        "0-1 1-2 2-3 3-0 0-2 4-5 5-6 6-7 7-4 4-6 0-4",
        "0-1 0-2 0-3 1-4 2-4 3-4 4-5 4-6", // a fan
        "0-1 2-3 4-5 6-7", // four pairs
        "0-1 1-2 2-3 3-4 4-5 5-6 6-0 0-3 1-4 2-5 3-6 4-0 5-1 6-2" // as regular as can be
      })
  void theShapesOfTheStandardsTestsComeOutAsInTheLibrary(String shape) {
    Map<String, Blank> nodes = new HashMap<>();
    Graph.Builder graph = Graph.builder();
    for (String pair : shape.split(" ")) {
      String[] ends = pair.split("-");
      graph.add(
          nodes.computeIfAbsent(ends[0], added -> new Blank()),
          P,
          nodes.computeIfAbsent(ends[1], added -> new Blank()));
    }
    Graph built = graph.build();
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      assertThat(text(Canonical.form(built, hash, WorkBudget.DEFAULT.start())))
          .isEqualTo(libraryForm(built, hash));
    }
  }

  @Test
  void aGraphWithoutTriplesHasNoBytes() {
    assertThat(Canonical.form(Graph.empty())).isEmpty();
  }

  @Test
  void linesAreInCodePointOrderNotInThatOfJavasChars() {
    Graph graph =
        Graph.builder()
            .add(S, P, Literal.of(Character.toString(0x10000)))
            .add(S, P, Literal.of("\uFFFD"))
            .build();
    assertThat(text(Canonical.form(graph)))
        .isEqualTo("<urn:s> <urn:p> \"\uFFFD\" .\n<urn:s> <urn:p> \"\uD800\uDC00\" .\n");
  }

  @ParameterizedTest
  @CsvSource({
    "9, \\t",
    "8, \\b",
    "10, \\n",
    "13, \\r",
    "12, \\f",
    "34, \\\"",
    "92, \\\\",
    "0, \\u0000",
    "7, \\u0007",
    "11, \\u000B",
    "14, \\u000E",
    "31, \\u001F",
    "127, \\u007F",
    "55296, \\uD800",
    "65534, \\uFFFE",
    "65535, \\uFFFF",
    "128, \u0080",
    "39, ''''",
    "233, é",
    "8364, €",
    "65533, \uFFFD"
  })
  void literalsAreEscapedAsCanonicalNQuadsWants(int codePoint, String written) {
    Graph graph = Graph.builder().add(S, P, Literal.of((char) codePoint + "x")).build();
    assertThat(text(Canonical.form(graph))).isEqualTo("<urn:s> <urn:p> \"" + written + "x\" .\n");
  }

  @Test
  void aLiteralHasItsLanguageOrItsDatatypeUnlessItIsAString() {
    Graph graph =
        Graph.builder()
            .add(S, P, Literal.of("a"))
            .add(S, P, Literal.inLanguage("a", "en"))
            .add(S, P, Literal.of("1", Xsd.INTEGER))
            .build();
    assertThat(text(Canonical.form(graph)).lines())
        .containsExactly(
            "<urn:s> <urn:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
            "<urn:s> <urn:p> \"a\" .",
            "<urn:s> <urn:p> \"a\"@en .");
  }

  @ParameterizedTest
  @CsvSource({"urn:a b, 0020", "urn:a>b, 003E", "urn:a\"b, 0022", "urn:a\\b, 005C"})
  void anIriThatNQuadsCannotWriteIsRefused(String iri, String codePoint) {
    Graph graph = Graph.builder().add(new Iri(iri), P, S).build();
    assertSecurityError(
        graph,
        "The IRI "
            + iri
            + " has the character U+"
            + codePoint
            + ", with which it has no canonical form.");
  }

  @Test
  void aLanguageTagThatCouldHideTriplesIsRefused() {
    String tag = "en .\n<urn:a> <urn:b> \"c\"@en";
    Graph graph = Graph.builder().add(S, P, new Literal("a", Rdf.LANG_STRING, tag)).build();
    assertSecurityError(graph, '"' + tag + "\" is no language tag, so it has no canonical form.");
  }

  @Test
  @Timeout(3)
  void aPoisonGraphIsRefusedInTime() {
    // Every node is linked with every other, so all orders would have to be tried.
    Graph graph = clique(12);
    assertThatThrownBy(() -> Canonical.form(graph))
        .isInstanceOf(SmartApiException.class)
        .hasMessageStartingWith("The blank nodes of the graph are too alike: telling them apart")
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.SECURITY_ERROR);
  }

  @Test
  void theBudgetCountsCalls() {
    WorkBudget.Meter meter = new WorkBudget(Duration.ofMinutes(10), 500).start();
    assertThatThrownBy(() -> Canonical.form(clique(9), HashAlgorithm.SHA_256, meter))
        .hasMessage(
            "The blank nodes of the graph are too alike: telling them apart takes more than 500"
                + " rounds of hashing. Give nodes IRIs, or put lists into NudeLists.");
  }

  @Test
  @Timeout(3)
  void longAlikeChainsNeedNeitherADeepStackNorMuchTime() {
    Graph.Builder graph = Graph.builder();
    chain(graph, 20_000, "end");
    chain(graph, 20_000, "end");
    String form = text(Canonical.form(graph.build()));
    assertThat(form.lines()).hasSize(80_000);
  }

  private static void chain(Graph.Builder graph, int length, String end) {
    Blank cell = new Blank();
    for (int i = 1; i < length; i++) {
      Blank next = new Blank();
      graph.add(cell, P, next).add(cell, Q, S);
      cell = next;
    }
    graph.add(cell, P, Literal.of(end)).add(cell, Q, S);
  }

  private static Graph clique(int nodes) {
    List<Blank> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      all.add(new Blank());
    }
    Graph.Builder graph = Graph.builder();
    for (Blank one : all) {
      for (Blank other : all) {
        if (one != other) {
          graph.add(one, P, other);
        }
      }
    }
    return graph.build();
  }

  private static void assertSecurityError(Graph graph, String message) {
    assertThatThrownBy(() -> Canonical.form(graph))
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.SECURITY_ERROR);
  }

  private static String hex(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(HashAlgorithm.SHA_256.of(bytes));
  }

  private static String text(byte[] form) {
    return new String(form, StandardCharsets.UTF_8);
  }

  /** What titanium-rdfc makes of it. */
  private static String libraryForm(Graph graph, HashAlgorithm hash) {
    RdfCanon canon = RdfCanon.create(hash.newDigest());
    graph
        .triples()
        .forEach(
            t -> {
              Literal literal = t.object() instanceof Literal l ? l : null;
              canon.quad(
                  name(t.subject()),
                  t.predicate().value(),
                  literal == null ? name((Resource) t.object()) : literal.lexical(),
                  literal == null ? null : literal.datatype().value(),
                  literal == null || literal.language().isEmpty() ? null : literal.language(),
                  null,
                  null);
            });
    StringWriter text = new StringWriter();
    try {
      canon.provide(new NQuadsWriter(text));
      text.flush();
    } catch (RdfConsumerException e) {
      throw new AssertionError("the library writes what it read", e);
    }
    return text.toString();
  }

  private static String name(Term term) {
    return term instanceof Blank blank ? "_:" + blank.label() : ((Iri) term).value();
  }
}
