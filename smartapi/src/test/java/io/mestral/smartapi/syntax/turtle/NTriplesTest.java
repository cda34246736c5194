package io.mestral.smartapi.syntax.turtle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.syntax.Limits;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NTriplesTest {
  private static final Iri A = new Iri("x:a");
  private static final Iri B = new Iri("x:b");

  @Test
  void aTripleIsALine() {
    Blank node = new Blank();
    Graph graph =
        Graph.builder()
            .add(A, B, node)
            .add(node, B, Literal.of("a\n\"é\""))
            .add(node, B, Literal.of(1))
            .add(new Blank(), B, Literal.inLanguage("a", "en"))
            .build();
    assertThat(new String(new NTriplesWriter().write(graph), UTF_8))
        .isEqualTo(
            """
            <x:a> <x:b> _:b0 .
            _:b0 <x:b> "a\\n\\"é\\"" .
            _:b0 <x:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
            _:b1 <x:b> "a"@en .
            """);
  }

  @Test
  void commentsAndEscapesAreRead() {
    Graph graph = read("\uFEFF# c\n<x:\\u0061> <x:b> \"\\u00E9\\t\"@EN . # d\n\n");
    assertThat(graph.object(A, B)).contains(Literal.inLanguage("é\t", "en"));
    assertThat(read("")).isEqualTo(Graph.empty());
  }

  /** What is wrong, the kind of error, and how its message begins. */
  static Stream<Arguments> bad() {
    return Stream.of(
        parse("<x:a> <x:b> <x:c>", "N-Triples, line 1, column "),
        parse("<x:a> <x:b> .", "N-Triples, line 1, column 13: "),
        parse("<x:a> <x:b> 1 .", "N-Triples, line 1, column 13: Illegal object"),
        parse("<x:a> <x:b> '1' .", "N-Triples, line 1, column 13: Not a \"\"-quoted string"),
        parse("<x:a> <x:b> <c> .", "N-Triples, line 1, column 13: The IRI <c> is relative"),
        parse("<x:a> <x:b> \"c\"^^<d> .", "N-Triples, line 1, column 18: The IRI <d> is relative"),
        parse("<_:a> <x:b> <x:c> .", "N-Triples, line 1, column 1: The IRI <_:a> is relative"),
        parse("_:a _:b <x:c> .", "N-Triples, line 1, column 5: Expected IRI"),
        parse("\"a\" <x:b> <x:c> .", "N-Triples, line 1, column 1: Expected BNode or IRI"),
        parse("@prefix a: <x:> .", "N-Triples, line 1, column 1: "),
        parse("<x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> .", "N-Triples, line 1, column 13: Triples"),
        parse("<x:a> <x:b> \"\u0000\" .", "N-Triples, line 1, column 14: There is a byte 0x00"),
        Arguments.of(
            "<x:a> <x:b> \"" + "a".repeat((1 << 20) + 1) + "\" .",
            ErrorType.TOO_LARGE_ERROR,
            "A literal has 1048577 characters"));
  }

  private static Arguments parse(String document, String message) {
    return Arguments.of(document, ErrorType.PARSE_ERROR, message);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("bad")
  void whatIsWrongIsToldWithItsPlace(String document, ErrorType type, String message) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> read(document))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void aDocumentOverItsBytesIsNotLookedAt() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new NTriplesReader(Limits.DEFAULT.withBytes(9)).read(new byte[10]))
        .withMessage("The document has 10 bytes, at most 9 are allowed.");
  }

  private static Graph read(String document) {
    return new NTriplesReader(Limits.DEFAULT).read(document.getBytes(UTF_8));
  }
}
