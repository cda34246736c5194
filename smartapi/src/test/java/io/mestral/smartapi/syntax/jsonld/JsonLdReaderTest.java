package io.mestral.smartapi.syntax.jsonld;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.mestral.smartapi.vocabulary.Sec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLdReaderTest {
  private static final Iri S = new Iri("urn:s");
  private static final Iri P = new Iri("urn:p");
  private static final String NAMED = "\"@context\":\"" + TermContext.BUNDLED_IRI + "\",";

  private final JsonLdReader reader = new JsonLdReader(Limits.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|The document is empty",
        "[|isn't JSON",
        "{\"@id\":\"urn:s\"|line 1, column",
        "{}{}|more after the end",
        "{} x|line 1, column 5",
        "5|is an object or an array (line 1, column 1)",
        "\"x\"|is an object or an array",
        "{\"urn:p\":01}|isn't JSON",
        "{\"urn:p\":NaN}|isn't JSON",
        "{\"urn:p\":1,\"urn:p\":2}|Duplicate field",
        "{\"urn:p\":{\"@id\":\"urn:a\",\"@id\":\"urn:b\"}}|Duplicate field",
        "{\"urn:p\":{\"@type\":\"@json\",\"@value\":{\"a\":1,\"a\":2}}}|Duplicate field",
        "{\"urn:p\":\"\\ud800\"}|half a surrogate pair, which is no character (line 1, column 10)",
        "{\"urn:p\":\"\\ude00\\ud83d\"}|half a surrogate pair",
        "{\"urn:\\udfff\":1}|half a surrogate pair",
        "{\"urn:p\":1e400}|1e400 is beyond what a double can hold (line 1, column 10)",
        "{\"urn:p\":{\"@type\":\"@json\",\"@value\":[1e999999999999]}}|beyond what a double",
        "{\"@set\":[],\"urn:p\":1e999999999999}|beyond what a double",
        "{\"@context\":\"https://www.w3.org/ns/credentials/v2\"}|https://www.w3.org/ns/credentials/v2\" isn't known here, and contexts are never fetched",
        "{\"@context\":[{\"@import\":\"http://x.example/c\"}]}|http://x.example/c\" isn't known here",
        "{\"@context\":{\"t\":{\"@id\":\"urn:t\",\"@context\":\"http://x.example/c\"}},\"t\":{\"@id\":\"urn:s\"}}|http://x.example/c\" isn't known here",
        "{\"@context\":\"relative.jsonld\"}|relative.jsonld",
        "{\"@context\":5}|isn't JSON-LD",
        "{\"@context\":{\"a\":\"b:x\",\"b\":\"a:x\"}}|isn't JSON-LD",
        "{\"@id\":5}|isn't JSON-LD",
        "{\"@type\":5}|isn't JSON-LD",
        "{\"@context\":{\"t\":{\"@id\":\"urn:t\",\"@type\":\"@id\"}},\"t\":\"@foo\"}|isn't JSON-LD",
        "{\"urn:p\":{\"@value\":\"x\",\"@id\":\"urn:s\"}}|isn't JSON-LD",
        "{\"urn:p\":{\"@value\":[1]}}|isn't JSON-LD",
        "{\"urn:p\":{\"@value\":1,\"@language\":\"en\"}}|isn't JSON-LD",
        "{\"urn:p\":{\"@value\":\"x\",\"@type\":\"urn:t\",\"@language\":\"en\"}}|isn't JSON-LD",
        "{\"urn:p\":{\"@list\":[1],\"urn:q\":1}}|isn't JSON-LD",
        "{\"urn:p\":{\"@value\":\"x\",\"@type\":\"http://www.w3.org/1999/02/22-rdf-syntax-ns#langString\"}}|give its language with @language",
        "{\"@id\":\"urn:g\",\"@graph\":[{\"@id\":\"urn:s\",\"urn:p\":1}]}|a message is one graph",
        "{\"@id\":\"urn:s\",\"https://w3id.org/security#proof\":{\"@graph\":{\"urn:p\":1}}}|no sec:DataIntegrityProof"
      })
  void badDocumentsAreParseErrors(String document, String message) {
    SmartApiException error = refusal((document == null ? "" : document).getBytes(UTF_8));
    assertThat(error).hasMessageContaining(message);
    assertThat(error.type()).isEqualTo(ErrorType.PARSE_ERROR);
  }

  @Test
  void otherEncodingsAreParseErrors() {
    String document = "{\"urn:p\":\n\"é\"}";
    assertThat(refusal(document.getBytes(ISO_8859_1))).hasMessageContaining("line 2, byte 2");
    assertThat(refusal(document.getBytes(UTF_16))).hasMessageContaining("UTF-8");
    assertThat(refusal(document.getBytes(UTF_16LE))).hasMessageContaining("UTF-8");
    assertThat(refusal(("\ufeff" + document).getBytes(UTF_8))).hasMessageContaining("byte order");
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'};
    assertThat(refusal(overlong)).hasMessageContaining("line 1, byte 3");
  }

  @Test
  void whatIsOverALimitIsTooLarge() {
    Limits small = new Limits(2_000, 5, 3, 50, 20, 30);
    for (String document :
        List.of(
            "{\"urn:p\":\"" + "x".repeat(2_000) + "\"}",
            "{\"urn:p\":[1,2,3,4,5,6]}",
            "{\"urn:p\":{\"@list\":[1,2,3,4,5,6]}}",
            "{\"urn:p\":{\"urn:p\":{\"urn:p\":{\"urn:p\":1}}}}",
            "[".repeat(300) + "]".repeat(300),
            "{\"urn:p\":{\"@id\":\"urn:" + "x".repeat(50) + "\"}}",
            "{\"urn:p\":\"" + "x".repeat(21) + "\"}",
            "{\"urn:p\":{\"@type\":\"@json\",\"@value\":[" + "1,".repeat(30) + "1]}}")) {
      SmartApiException error =
          catchThrowableOfType(
              SmartApiException.class,
              () -> new JsonLdReader(small).read(document.getBytes(UTF_8)));
      assertThat(error).as(document).isNotNull();
      assertThat(error.type()).as(error.getMessage()).isEqualTo(ErrorType.TOO_LARGE_ERROR);
    }
    assertThat(
            new JsonLdReader(small)
                .read("{\"urn:p\":{\"urn:p\":{\"urn:p\":{\"@id\":\"urn:o\"}}}}".getBytes(UTF_8))
                .size())
        .isEqualTo(3);
  }

  @Test
  void longDocumentsOfUncommonKindsAreTooLarge() {
    String vocabulary = "{\"@context\":{\"@vocab\":\"urn:v:\"},\"p\":%s}";
    for (String value :
        List.of("\"" + "x".repeat(1 << 20) + "\"", "[" + "1,".repeat(2_000) + "1]")) {
      SmartApiException error = refusal(vocabulary.formatted(value).getBytes(UTF_8));
      assertThat(error).hasMessageContaining("@vocab").hasMessageContaining("Turtle");
      assertThat(error.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR);
    }
    String literal = "{\"@type\":\"@json\",\"@value\":[" + "1,".repeat(2_000) + "1]}";
    assertThat(read(vocabulary.formatted(literal)).size()).isEqualTo(1);
  }

  @Test
  void termsDefinedByTermsWithoutEndAreRefused() {
    StringBuilder context = new StringBuilder("{\"@context\":{");
    for (int at = 0; at < 20_000; at++) {
      context.append("\"t%d\":\"t%d:x\",".formatted(at, at + 1));
    }
    context.append("\"t20000\":\"urn:\"},\"t0:y\":1}");
    SmartApiException error = refusal(context.toString().getBytes(UTF_8));
    assertThat(error.type()).isIn(ErrorType.TOO_LARGE_ERROR, ErrorType.PARSE_ERROR);
  }

  @Test
  void longDocumentsOfCommonKindsAreRead() {
    String numbers = "1,".repeat(300_000) + "1";
    Graph graph =
        read("{" + NAMED + "\"rdf:value\":{\"@type\":\"@json\",\"@value\":[" + numbers + "]}}");
    assertThat(graph.triples().findFirst().orElseThrow().object())
        .isEqualTo(Literal.of("[" + numbers + "]", Rdf.JSON));
    String list = "{" + NAMED + "\"smartapi:list\":{\"@list\":[" + "0.5,".repeat(99_999) + "1]}}";
    assertThat(read(list).size()).isEqualTo(200_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"urn:p\":{\"urn:q\":1,\"@id\":\"urn:o\"},\"@id\":\"urn:s\"}",
        "{\"@id\":\"urn:s\",\"urn:p\":{\"@id\":\"urn:o\",\"urn:q\":1}}",
        "{\"@id\":\"urn:s\",\"x:p\":{\"@id\":\"x:o\",\"x:q\":1},\"@context\":{\"x\":\"urn:\"}}",
        "{\"@graph\":[{\"@id\":\"x:o\",\"x:q\":1},{\"@id\":\"x:s\",\"x:p\":{\"@id\":\"x:o\"}}],\"@context\":{\"x\":\"urn:\"}}",
        "[{\"@id\":\"urn:s\",\"urn:p\":[{\"@id\":\"urn:o\"}]},{\"@id\":\"urn:o\",\"urn:q\":[{\"@value\":1}]}]",
        "{\"@context\":{\"@vocab\":\"urn:\"},\"@id\":\"urn:s\",\"p\":{\"q\":1,\"@id\":\"urn:o\"}}",
        "{\"@id\":\"urn:o\",\"urn:q\":1,\"@reverse\":{\"urn:p\":{\"@id\":\"urn:s\"}}}"
      })
  void theOrderOfMembersHasNoMeaning(String document) {
    Graph expected =
        Graph.builder()
            .add(S, P, new Iri("urn:o"))
            .add(new Iri("urn:o"), new Iri("urn:q"), Literal.of(1))
            .build();
    assertThat(read(document)).isEqualTo(expected);
  }

  @Test
  void whatHasNoIriIsDropped() {
    Graph graph =
        read(
            "{\"@id\":\"urn:s\",\"name\":1,\"urn:p\":[{\"@id\":\"relative\"},{\"@id\":\"http://a b/\"},null,2],"
                + "\"urn:q\":{\"@id\":\"relative\",\"urn:p\":3}}");
    assertThat(graph).isEqualTo(Graph.builder().add(S, P, Literal.of(2)).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@context\":[\"https://w3id.org/smartapi-edge/1.0/context.jsonld\",{\"proof\":{\"@id\":\"sec:proof\",\"@type\":\"@id\",\"@container\":\"@graph\"}}],\"@id\":\"urn:s\",\"urn:p\":1,\"proof\":{\"@type\":\"sec:DataIntegrityProof\",\"sec:proofValue\":\"z1\"}}",
        "[{\"@id\":\"urn:s\",\"urn:p\":1,\"https://w3id.org/security#proof\":{\"@id\":\"_:g\"}},{\"@graph\":{\"@type\":\"https://w3id.org/security#DataIntegrityProof\",\"https://w3id.org/security#proofValue\":{\"@type\":\"https://w3id.org/security#multibase\",\"@value\":\"z1\"}},\"@id\":\"_:g\"}]"
      })
  void aProofInAGraphOfItsOwnJoinsTheMessage(String document) {
    Graph graph = read(document);
    Resource proof = (Resource) graph.object(S, Sec.PROOF).orElseThrow();
    assertThat(graph.contains(proof, Rdf.TYPE, Sec.DATA_INTEGRITY_PROOF)).isTrue();
    assertThat(graph.object(proof, Sec.PROOF_VALUE))
        .contains(Literal.of("z1", new Iri(Sec.NAMESPACE + "multibase")));
    assertThat(graph.size()).isEqualTo(4);
  }

  @Test
  void numbersOfManyThreadsStayApart() {
    // the library's own formatter of numbers is shared by all threads
    List<Double> numbers =
        IntStream.range(1, 20_000).mapToObj(at -> at + 1 / 1024.0).collect(Collectors.toList());
    assertThat(numbers.parallelStream().map(this::throughExpansion).toList())
        .isEqualTo(numbers.stream().map(Literal::of).toList());
  }

  private Term throughExpansion(double number) {
    return read("{\"@index\":\"i\",\"@id\":\"urn:s\",\"urn:p\":" + number + "}")
        .object(S, P)
        .orElseThrow();
  }

  @Test
  void numbersOfJsonLiteralsAreExact() {
    Graph graph =
        read(
            "{\"@index\":\"i\",\"@id\":\"urn:s\",\"urn:p\":{\"@type\":\"@json\",\"@value\":[0.123456789012345,1e-9]}}");
    assertThat(graph.object(S, P)).contains(Literal.of("[0.123456789012345,1e-9]", Rdf.JSON));
    assertThat(read("{\"@id\":\"urn:s\",\"urn:p\":0.5}").object(S, P))
        .contains(Literal.of("5.0E-1", Xsd.DOUBLE));
  }

  @Test
  void nothingIsFetched() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/context.jsonld";
      for (String context :
          List.of(
              "\"%s\"",
              "[{},\"%s\"]",
              "{\"@import\":\"%s\"}",
              "{\"t\":{\"@id\":\"urn:t\",\"@context\":\"%s\"}}",
              "{\"@base\":\"http://x.example/\",\"t\":{\"@id\":\"urn:t\",\"@context\":[\"%s\"]}}")) {
        SmartApiException error =
            refusal(("{\"@context\":" + context.formatted(url) + ",\"t\":{}}").getBytes(UTF_8));
        assertThat(error).hasMessageContaining(url).hasMessageContaining("never fetched");
      }
      server.setSoTimeout(200);
      assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept)).isNotNull();
    }
  }

  private Graph read(String document) {
    return reader.read(document.getBytes(UTF_8));
  }

  private SmartApiException refusal(byte[] document) {
    SmartApiException error =
        catchThrowableOfType(SmartApiException.class, () -> reader.read(document));
    assertThat(error).isNotNull();
    return error;
  }
}
