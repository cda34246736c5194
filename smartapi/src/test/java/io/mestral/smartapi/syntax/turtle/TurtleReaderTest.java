package io.mestral.smartapi.syntax.turtle;

import static io.mestral.smartapi.syntax.turtle.Examples.assertAlike;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.jena.datatypes.TypeMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurtleReaderTest {
  private static final Iri A = new Iri("x:a");
  private static final Iri B = new Iri("x:b");
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);

  /** What is wrong, the kind of error, and how its message begins. */
  static Stream<Arguments> bad() {
    String long2049 = "x:" + "a".repeat(2047);
    return Stream.of(
        parse("<x:a> <x:b> <x:c>", "Turtle, line 1, column 18: Triples not terminated by DOT"),
        parse("<x:a> <x:b> .", "Turtle, line 1, column 13: Unrecognized (expected an RDF Term)"),
        parse("<x:a> <x:b> 'c", "Turtle, line 1, column 15: Broken token: c"),
        parse("<x:a> <x:b>\n  'a\nb' .", "Turtle, line 3, column 1: Broken token (newline"),
        parse("<x:a> <x:b> [ .", "Turtle, line 1, column 15: Triples not terminated properly"),
        parse("<x:a> <x:b> ( 1 .", "Turtle, line 1, column 17: Unrecognized (expected"),
        parse("<x:a> <x:b> c:d .", "Turtle, line 1, column 13: The prefix \"c:\" isn't declared."),
        parse("<x:a> <x:b> 'c'^^d:e .", "Turtle, line 1, column 18: The prefix \"d:\" isn't"),
        parse("<a> <x:b> 1 .", "Turtle, line 1, column 1: The IRI <a> is relative; only absolute"),
        parse("<x:a> <x:b> <> .", "Turtle, line 1, column 13: The IRI <> is relative; only"),
        parse("@prefix c: <d#> . c:a <x:b> 1 .", "Turtle, line 1, column 9: The IRI <d#> is rel"),
        parse("@base <c> . <a> <x:b> 1 .", "Turtle, line 1, column 1: The IRI <c> is relative"),
        parse("<_:a> <x:b> 1 .", "Turtle, line 1, column 1: The IRI <_:a> is relative"),
        parse("<x:a> <x:b> <::c> .", "Turtle, line 1, column 13: The IRI <::c> is relative"),
        parse("<x:a b> <x:b> 1 .", "Turtle, line 1, column 6: Bad character in IRI (space)"),
        parse(
            "<x:a{> <x:b> 1 .",
            "Turtle, line 1, column 1: The IRI <x:a{> has the character U+007B"),
        parse(
            "<x:a\\u0020> <x:b> 1 .", "Turtle, line 1, column 1: The IRI <x:a > has the character"),
        parse("<x:a> <x:b> 'c'@e--ltr .", "Turtle, line 1, column 13: Text with a direction"),
        parse("<x:a> <x:b> 'c'@ .", "Turtle, line 1, column 17: Bad language tag"),
        parse(
            "<x:a> <x:b> 'c'^^<" + Rdf.LANG_STRING.value() + "> .",
            "Turtle, line 1, column 13: A literal of rdf:langString"),
        parse("<x:a> <x:b> '\\q' .", "Turtle, line 1, column 16: Illegal escape sequence"),
        parse("<x:a> <x:b> '\\uD800' .", "Turtle, line 1, column 21: Bad unpaired surrogate"),
        parse(
            "<x:a> <x:b> 0x10 .",
            "Turtle, line 1, column 13: Unrecognized (expected an RDF Term): [HEX:0x10]"),
        parse("<x:a> <x:b> <<( <x:c> <x:d> 1 )>> .", "Turtle, line 1, column 13: Triples about"),
        parse("<x:a> <x:b> 1 {| <x:c> 2 |} .", "Turtle, line 1, column 15: '{' has no meaning"),
        parse("<x:a> <x:b> 1 ~ <x:c> .", "Turtle, line 1, column 15: '~' has no meaning"),
        parse("'a' <x:b> 1 .", "Turtle, line 1, column "),
        parse("<x:a> 'b' 1 .", "Turtle, line 1, column 7: Expected IRI for predicate"),
        parse("<x:a> _:b 1 .", "Turtle, line 1, column 7: Expected IRI for predicate"),
        parse("[] = 1 .", "Turtle, line 1, column 4: "),
        parse("{\"@type\": 1}", "Turtle, line 1, column 1: '{' has no meaning here"),
        parse("<x:a> <x:b>\n 'é\u0000' .", "Turtle, line 2, column 4: There is a byte 0x00"),
        large(
            "<x:a> <x:b> " + "[ <x:b> ".repeat(65) + " ] .",
            "Turtle, line 1, column 525: Nodes are"),
        large(
            "<x:a> <x:b> " + "(".repeat(65) + ") .", "Turtle, line 1, column 77: Nodes are nested"),
        large("<x:a> <x:b> <" + long2049 + "> .", "An IRI has 2049 characters, at most 2048"),
        large(
            "<x:a> <x:b> '" + "a".repeat((1 << 20) + 1) + "' .",
            "A literal has 1048577 characters"));
  }

  private static Arguments parse(String document, String message) {
    return Arguments.of(document, ErrorType.PARSE_ERROR, message);
  }

  private static Arguments large(String document, String message) {
    return Arguments.of(document, ErrorType.TOO_LARGE_ERROR, message);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("bad")
  void whatIsWrongIsToldWithItsPlace(String document, ErrorType type, String message) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> read(document))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.type()).isEqualTo(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C3",
        "C3 28",
        "80",
        "C0 80",
        "C1 BF",
        "E0 80 80",
        "E0 A0",
        "ED A0 80",
        "ED BF BF",
        "F0 80 80 80",
        "F0 9F 98",
        "F4 90 80 80",
        "F5 80 80 80",
        "FF",
        "FE",
        "E2 82",
        "C3 C3"
      })
  void whatIsNotUtf8IsRefused(String hex) {
    String[] bytes = hex.split(" ");
    byte[] document = new byte[bytes.length + 4];
    document[0] = '#';
    document[1] = '\n';
    document[2] = '#';
    for (int i = 0; i < bytes.length; i++) {
      document[3 + i] = (byte) Integer.parseInt(bytes[i], 16);
    }
    document[document.length - 1] = ' ';
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> READER.read(document))
        .withMessageMatching("Turtle, line 2, column 2: The byte 0x.. makes no UTF-8, .*");
  }

  @Test
  void aDocumentOverItsBytesIsNotLookedAt() {
    byte[] document = new byte[101];
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new TurtleReader(Limits.DEFAULT.withBytes(100)).read(document))
        .withMessage("The document has 101 bytes, at most 100 are allowed.")
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<x:a> <x:b> 1 , 2 , 3 .", "@base <x:> . <x:a> <x:b> 1 , 2 , 3 ."})
  void aDocumentOverItsTriplesIsRefused(String document) {
    Limits two = new Limits(1000, 2, 64, 2048, 1000, 1000);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new TurtleReader(two).read(document.getBytes(UTF_8)))
        .withMessage("The document has more than 2 triples.");
  }

  @Test
  void aListInOneLiteralMayBeLonger() {
    String list = "[" + "1,".repeat(1 << 19) + "1]";
    assertThat(value("'" + list + "'^^<" + Rdf.JSON.value() + ">"))
        .isEqualTo(Literal.of(list, Rdf.JSON));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "[ <x:a> ", "( 1 ", "<x:a> <x:b> [ <x:b> ( "})
  @Timeout(20)
  void nestingWithoutEndIsRefusedByBothPaths(String opening) {
    byte[] document = opening.repeat(1_000_000).getBytes(UTF_8);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> READER.read(document))
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR));
  }

  @Test
  void nestingUpToTheLimitIsRead() {
    String nested = "<x:a> <x:b> " + "[ <x:b> ".repeat(63) + "( 1 ) " + "] ".repeat(63) + ".";
    assertThat(read(nested).size()).isEqualTo(66);
    assertAlike(read(nested), read("@base <x:> . " + nested), nested);
  }

  @Test
  void listsAreWalkedHoweverLong() {
    String items = "1 ".repeat(100_000);
    Graph graph = read("<x:a> <x:b> ( " + items + ") .");
    assertThat(graph.size()).isEqualTo(200_001);
    assertThat(read("@base <x:> . <x:a> <x:b> ( " + items + ") .").size()).isEqualTo(200_001);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "1, 1, integer",
        "-007, -007, integer",
        "+1, +1, integer",
        "1.50, 1.50, decimal",
        "-.5, -.5, decimal",
        "1e5, 1e5, double",
        "1.E5, 1.E5, double",
        ".5e-05, .5e-05, double",
        "4.0E3, 4.0E3, double",
        "true, true, boolean",
        "false, false, boolean",
        "`''`, ``, string",
        "`\"\"`, ``, string",
        "`'a\"b'`, a\"b, string",
        "`\"a'b\"`, a'b, string",
        "`'''a'b''c'''`, a'b''c, string",
        "`\"\"\"a\"b\\\"\"\"\"`, a\"b\", string",
        "`'\\t\\b\\n\\r\\f\\\"\\'\\\\'`, `\t\b\n\r\f\"'\\`, string",
        "`'\\u00E9\\U0001F600é😀'`, é😀é😀, string",
        "`'''a\r\nb'''`, `a\r\nb`, string",
      })
  void aLiteralKeepsItsLexicalForm(String written, String lexical, String datatype) {
    assertThat(value(written)).isEqualTo(Literal.of(lexical, new Iri(Xsd.NAMESPACE + datatype)));
  }

  @Test
  void aLanguageIsKeptInLowerCase() {
    assertThat(value("'a'@de-AT")).isEqualTo(Literal.inLanguage("a", "de-at"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x:a/../b", "HTTP://E%7e/%41", "http://e:80/", "urn:x", "x:é", "x:[::1]#"})
  void anIriIsKeptAsItIsWritten(String iri) {
    assertThat(value("<" + iri + ">")).isEqualTo(new Iri(iri));
    assertThat(read("@base <http://e/f> . <x:a> <x:b> <" + iri + "> .").object(A, B))
        .contains(new Iri(iri));
  }

  @ParameterizedTest
  @CsvSource({
    "c, http://h/d/c",
    "../c, http://h/c",
    "//i/c, http://i/c",
    "?q, http://h/d/e?q",
    "#f, http://h/d/e#f",
    "'', http://h/d/e"
  })
  void aRelativeIriIsResolvedAgainstTheBaseThatTheDocumentNames(String iri, String absolute) {
    assertThat(read("@base <http://h/d/e> . <x:a> <x:b> <" + iri + "> .").object(A, B))
        .contains(new Iri(absolute));
  }

  @Test
  void namesMayHaveEscapesAndWhatIsNotAscii() {
    assertThat(read("@prefix é: <x:> . é:a é:b é:日\\~\\(%20 .").object(A, B))
        .contains(new Iri("x:日~(%20"));
  }

  @Test
  void aPrefixMayChange() {
    Graph graph = read("@prefix c: <x:> . c:a c:b 1 . @prefix c: <y:> . c:a c:b 2 .");
    assertThat(graph.contains(new Iri("y:a"), new Iri("y:b"), Literal.of(2))).isTrue();
    assertThat(graph.contains(A, B, Literal.of(1))).isTrue();
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(read("\uFEFF<x:a> <x:b> 1 .")).isEqualTo(read("<x:a> <x:b> 1 ."));
    assertThat(read("\uFEFF@base <x:> . <x:a> <x:b> 1 .").size()).isEqualTo(1);
    assertThat(read("\uFEFF")).isEqualTo(Graph.empty());
  }

  @Test
  void aLabelIsOneNodeWithinADocumentAndAnotherInTheNext() {
    Graph one = read("_:n <x:b> _:n .");
    Resource node = one.subjects().iterator().next();
    assertThat(one.object(node, B)).contains(node);
    assertThat(read("_:n <x:b> _:n .").describes(node)).isFalse();
  }

  @Test
  void datatypesOfMessagesAreNotRemembered() {
    read("@base <x:> . <x:a> <x:b> '1'^^<x:never-seen-before> .");
    assertThat(TypeMapper.getInstance().getTypeByName("x:never-seen-before")).isNull();
  }

  @Test
  @Timeout(20)
  void aMillionDoublesInOneLiteralAreReadInATime() {
    String list = "[" + "21.53,".repeat(999_999) + "21.53]";
    byte[] document =
        ("<x:a> <x:b> \"" + list + "\"^^<" + Rdf.JSON.value() + "> .").getBytes(UTF_8);
    long start = System.nanoTime();
    assertThat(READER.read(document).object(A, B)).contains(Literal.of(list, Rdf.JSON));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private static Term value(String written) {
    Graph graph = read("<x:a> <x:b> " + written + " .");
    assertAlike(graph, read("@base <x:> . <x:a> <x:b> " + written + " ."), written);
    return graph.object(A, B).orElseThrow();
  }

  private static Graph read(String document) {
    return READER.read(document.getBytes(UTF_8));
  }
}
