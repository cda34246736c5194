package io.mestral.smartapi.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NQuadsTest {
  private static Graph read(String text) {
    return NQuads.read(text.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
  }

  private static Term object(String written) {
    return read("<urn:s> <urn:p> " + written + " .")
        .object(new Iri("urn:s"), new Iri("urn:p"))
        .orElseThrow();
  }

  @Test
  void commentsEmptyLinesAndSpaceAreAllowed() {
    assertThat(read("# one\n\r\n  <urn:s>\t<urn:p><urn:o>.# two\n\n_:a.b <urn:p> _:a.b.\n").size())
        .isEqualTo(2);
    assertThat(read("")).isEqualTo(Graph.empty());
  }

  @Test
  void everyKindOfObjectIsRead() {
    assertThat(object("<urn:\\u00E9>")).isEqualTo(new Iri("urn:é"));
    assertThat(object("\"\\t\\b\\n\\r\\f\\\"\\'\\\\\\u0041\\U0001F600\""))
        .isEqualTo(Literal.of("\t\b\n\r\f\"'\\A\uD83D\uDE00"));
    assertThat(object("\"a\"@en-GB")).isEqualTo(Literal.inLanguage("a", "en-gb"));
    assertThat(object("\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"))
        .isEqualTo(Literal.of("1", Xsd.INTEGER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "<urn:s> <urn:p> <urn:o> <urn:g> .; a statement is three terms and a full stop, graph names"
            + " aren't taken",
        "<urn:s> <urn:p> <urn:o>; a statement is three terms and a full stop, graph names aren't"
            + " taken",
        "<urn:s> <urn:p> <urn:o> . <urn:s>; a statement ends with its line",
        "\"s\" <urn:p> <urn:o> .; a subject is an IRI in angle brackets or a blank node",
        "<urn:s> _:p <urn:o> .; an IRI stands in angle brackets",
        "<urn:s> <urn:p> 7 .; an object is an IRI in angle brackets, a blank node or a literal",
        "<urn:s> <urn:p> _: .; a blank node has a label",
        "<s> <urn:p> <urn:o> .; an IRI is absolute",
        "<urn:s t> <urn:p> <urn:o> .; an IRI has no spaces, quotes or brackets",
        "<urn:s; an IRI ends with an angle bracket",
        "<urn:\\n> <urn:p> <urn:o> .; no such escape is known here: \\n",
        "<urn:s> <urn:p> \"\\x\" .; no such escape is known here: \\x",
        "<urn:s> <urn:p> \"\\u00G0\" .; an escape has 4 hexadecimal digits",
        "<urn:s> <urn:p> \"\\u+041\" .; an escape is a character of Unicode, in 4 hexadecimal"
            + " digits",
        "<urn:s> <urn:p> \"\\U00110000\" .; an escape is a character of Unicode, in 8 hexadecimal"
            + " digits",
        "<urn:s> <urn:p> \"\\u00; an escape is a character of Unicode, in 4 hexadecimal digits",
        "<urn:s> <urn:p> \"a; a literal ends with a quote",
        "<urn:s> <urn:p> \"a\"@ .; a language tag has letters",
        "<urn:s> <urn:p> \"a\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .; text in a"
            + " language has a tag"
      })
  void whatIsSomethingElseIsRefusedWithItsLine(String statement, String allowed) {
    assertThatThrownBy(() -> read("\n" + statement))
        .isInstanceOf(SmartApiException.class)
        .hasMessage("N-Quads, line 2: " + allowed + ".")
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.PARSE_ERROR);
  }

  @Test
  void aLiteralEndsInItsLine() {
    assertThatThrownBy(() -> read("<urn:s> <urn:p> \"a\nb\" ."))
        .hasMessage("N-Quads, line 1: a literal ends in its line.");
  }

  @Test
  void otherEncodingsAreRefused() {
    byte[] latin = "<urn:s> <urn:p> \"é\" .".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> NQuads.read(latin, Limits.DEFAULT))
        .hasMessage("The N-Quads aren't UTF-8.");
  }

  @Test
  void whatIsOverALimitIsRefused() {
    assertThatThrownBy(() -> NQuads.read(new byte[11], Limits.DEFAULT.withBytes(10)))
        .hasMessage("The N-Quads have 11 bytes, at most 10 are allowed.")
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.TOO_LARGE_ERROR);
  }
}
