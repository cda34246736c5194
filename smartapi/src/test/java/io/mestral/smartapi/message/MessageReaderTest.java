package io.mestral.smartapi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {
  private static final String PREFIXES =
      """
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix ex: <https://example.org/vocab#> .
      """;
  private static final String ENVELOPE =
      "smartapi:generatedBy ex:app ; smartapi:generatedAt \"2026-03-01T08:00:00Z\"^^xsd:dateTime";

  private final MessageReader reader = new MessageReader();

  @ParameterizedTest
  @CsvSource({
    "01a-read-request, Request",
    "01b-read-response, Response",
    "05-notify, Notification",
    "07-error, Response",
    "09c-progress-last, Notification",
    "13-gateway-announcement, Notification",
    "16a-alive-request, AliveRequest",
    "16b-alive-response, AliveResponse",
    "16c-heartbeat, Heartbeat",
    "17-encrypted, Request"
  })
  void aMessageIsSeenAsItsClassInBothSyntaxes(String example, String kind) throws IOException {
    for (Syntax syntax : new Syntax[] {Syntax.TURTLE, Syntax.JSON_LD}) {
      Received received = reader.read(example(example, syntax), syntax);
      assertThat(received.message().getClass().getSimpleName()).isEqualTo(kind);
      assertThat(received.message().generatedBy()).isPresent();
      assertThat(received.original()).isSameAs(received.message().graph());
    }
  }

  @ParameterizedTest
  @CsvSource({"19a-linked-list", "19e-map", "20-conditional-price", "21-provenance-availability"})
  void aDocumentWithoutAMessageIsRefused(String example) throws IOException {
    byte[] body = example(example, Syntax.TURTLE);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> reader.read(body, Syntax.TURTLE))
        .withMessageContaining("The document has no message")
        .returns(ErrorType.PARSE_ERROR, SmartApiException::type);
  }

  @Test
  void whatAMessageSaysIsFoundByItsMethods() throws IOException {
    Message message =
        reader.read(example("08-status-deferred", Syntax.JSON_LD), Syntax.JSON_LD).message();
    Response response = message.as(Response::at);
    assertThat(response.processId()).contains(90210L);
    assertThat(response.inReplyTo())
        .contains(new Iri("urn:uuid:00000000-0000-4000-8000-000000000015"));
    assertThat(response.status().flatMap(status -> status.total())).contains(40L);
    assertThat(response.status().flatMap(status -> status.temporalContext()).flatMap(c -> c.end()))
        .contains(Instant.parse("2026-03-01T08:12:00Z"));
  }

  @Test
  void termsOfOtherDialectsAreReadAsOursAndTheOriginalIsKept() {
    Received received =
        reader.read(
            turtle("[] a smartapi:Heartbeat ; smartapi:sequence 7 ; " + ENVELOPE), Syntax.TURTLE);
    assertThat(received.message()).isInstanceOf(Heartbeat.class);
    assertThat(received.message().as(Notification::at).sequence()).contains(7L);
    assertThat(received.original()).isNotEqualTo(received.message().graph());
  }

  @Test
  void aTimeWithoutAZoneIsUtcToTheMillisecond() {
    Message message =
        reader
            .read(
                turtle(
                    "[] a smartapi:Request ; smartapi:generatedBy ex:app ; smartapi:generatedAt"
                        + " \"2026-03-01T08:00:00.123456\"^^xsd:dateTime"),
                Syntax.TURTLE)
            .message();
    assertThat(message).isInstanceOf(Request.class).isNotInstanceOf(AliveRequest.class);
    assertThat(message.generatedAt()).contains(Instant.parse("2026-03-01T08:00:00.123Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] a smartapi:Request ; smartapi:generatedAt '2026-03-01T08:00:00Z'^^xsd:dateTime | INVALID_REQUEST | exactly one is wanted, the sender's IRI",
        "[] a smartapi:Request ; smartapi:generatedBy ex:a, ex:b ; smartapi:generatedAt '2026-03-01T08:00:00Z'^^xsd:dateTime | INVALID_REQUEST | 2 values of",
        "[] a smartapi:Request ; smartapi:generatedBy 'me' ; smartapi:generatedAt '2026-03-01T08:00:00Z'^^xsd:dateTime | INVALID_REQUEST | the sender's IRI is wanted",
        "[] a smartapi:Request ; smartapi:generatedBy ex:a | INVALID_REQUEST | when the message was made",
        "[] a smartapi:Request ; smartapi:generatedBy ex:a ; smartapi:generatedAt 'yesterday'^^xsd:dateTime | INVALID_REQUEST | can't be read",
        "[] a smartapi:Request . [] a smartapi:Response | PARSE_ERROR | has 2 messages",
        "[] a smartapi:Req | PARSE_ERROR | has no message",
        "[] a smartapi:Request ] | PARSE_ERROR | line"
      })
  void whatIsNoMessageIsRefusedWithAReason(String turtle, ErrorType type, String why) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> reader.read(turtle(turtle), Syntax.TURTLE))
        .withMessageContaining(why)
        .returns(type, SmartApiException::type);
  }

  @Test
  void entitiesAndInputsInOneActivityAreRefused() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(
            () ->
                reader.read(
                    turtle(
                        "[] a smartapi:Request ; smartapi:activity [ smartapi:entity ex:car ;"
                            + " smartapi:hasInput [ a smartapi:Input ] ] ; "
                            + ENVELOPE),
                    Syntax.TURTLE))
        .withMessageContaining("The Activity has Entities and Inputs")
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  private static byte[] turtle(String text) {
    return (PREFIXES + text.replace('\'', '"') + " .").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] example(String name, Syntax syntax) throws IOException {
    String file = name + (syntax == Syntax.TURTLE ? ".ttl" : ".jsonld");
    try (InputStream in =
        MessageReaderTest.class.getResourceAsStream("/io/mestral/smartapi/examples/" + file)) {
      return in.readAllBytes();
    }
  }
}
