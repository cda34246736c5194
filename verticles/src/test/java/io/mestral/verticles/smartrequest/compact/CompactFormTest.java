package io.mestral.verticles.smartrequest.compact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Qudt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON of gateways without RDF, as docs/gateway.md describes it. */
class CompactFormTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Names HALL = new Names(new Iri("https://example.org/id/hall"));
  private static final Iri LAMP = new Iri("https://example.org/id/hall/lamp-1");
  private static final Iri REQUEST = new Iri("urn:uuid:7a6d2c0e-0000-4000-8000-000000000001");

  private static List<String> examples() throws IOException {
    return Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(DOCS.resolve("gateway.md")))
        .results()
        .map(one -> one.group(1))
        .toList();
  }

  private static Graph announced(String json) {
    return Announcement.read(CompactJson.read(json.getBytes(UTF_8)), HALL);
  }

  private static Message answered(String json) {
    return new Replies(HALL, Instant.EPOCH).answer(CompactJson.read(json.getBytes(UTF_8)), REQUEST);
  }

  @Test
  void theExamplesOfTheHandbookAreAsItsSchemaSays() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(DOCS.resolve("gateway.schema.json")));
    assertThat(examples()).hasSize(3);
    for (String one : examples())
      assertThat(schema.validate(one, InputFormat.JSON)).as(one).isEmpty();
    assertThat(schema.validate("{\"mestral\":1,\"replay\":\"x\"}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void theAnnouncementOfTheHandbookIsUnderstood() throws IOException {
    Graph graph = announced(examples().get(0));
    Described lamp = Described.of(Entity.at(graph, LAMP));
    assertThat(lamp.properties()).containsOnlyKeys("level", "temperature");
    assertThat(lamp.properties().get("level").isWritable()).isTrue();
    assertThat(lamp.properties().get("temperature").isWritable()).isFalse();
    assertThat(graph.object(new Iri(LAMP.value() + "#temperature"), Qudt.UNIT))
        .contains(new Iri("http://qudt.org/vocab/unit/DEG_C"));
    assertThat(Announcement.isMarked(Entity.at(graph, HALL.gateway()))).isTrue();
  }

  @Test
  void everyUnitCodeStandsForAUnitThatIsKnown() {
    UnitCodes.all()
        .forEach((code, unit) -> assertThat(Units.shared().unit(unit)).as(code).isPresent());
  }

  @Test
  void numbersKeepEveryDigitAndOtherValuesTheirKind() {
    Message answer =
        answered(
            "{\"mestral\":1,\"values\":{\"lamp-1\":{\"level\":0.1000000000000000055511151231257827,"
                + "\"on\":true,\"mode\":\"dim\"}}}");
    assertThat(given(answer, "level"))
        .isEqualTo(Literal.of("0.1000000000000000055511151231257827", Xsd.DECIMAL));
    assertThat(given(answer, "on")).isEqualTo(Literal.of(true));
    assertThat(given(answer, "mode")).isEqualTo(Literal.of("dim"));
  }

  private static Object given(Message answer, String property) {
    return answer.graph().object(Names.value(LAMP, property), Rdf.VALUE).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mestral":2,"manages":{}}|only 1 is known
          {"mestral":1,"manage":{}}|has the member "manage"
          {"mestral":1,"manages":{"lamp 1":{}}}|up to 64 letters
          {"mestral":1,"manages":{"a":{"properties":{"t":{"unit":"Celcius"}}}}}|a code of UCUM such as Cel
          {"mestral":1,"manages":{"a":{"place":{"lat":91,"lon":0}}}}|from -90 to 90
          {"mestral":1,"manages":{"a":{"properties":{"t":{"type":"float"}}}}}|there are [boolean, integer, number, text]
          {"mestral":1,"manages":{"a":{"properties":{"t":{"value":"warm"}}}}}|"value" of The property "t" is "warm"
          {"mestral":1,"manages":{"a":{"properties":{"t":{"max":1e999}}}}}|exponents to 400 are the most
          {"mestral":1,"manages":{"urn:a<b":{}}}|is no IRI
          [1]|
          """)
  void whatIsWrongWithAnAnnouncementIsTold(String json, String told) {
    assertThatThrownBy(() -> announced(json))
        .isInstanceOf(SmartApiException.class)
        .hasMessageContaining(told == null ? "" : told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"mestral":1,"values":[1]}|"values" is no object
          {"mestral":1,"values":{"lamp-1":{"level":null}}}|a number, a text, true or false is wanted
          {"mestral":1,"progress":120}|0 to 100 is allowed
          {"mestral":1,"at":"yesterday"}|such a moment is wanted
          {"mestral":1,"values":{"lamp-1":{"level":1,"level":2}}}|level
          """)
  void whatIsWrongWithAnAnswerIsTold(String json, String told) {
    assertThatThrownBy(() -> answered(json))
        .isInstanceOf(SmartApiException.class)
        .hasMessageContaining(told);
  }

  @Test
  void jsonLdIsToldApartFromTheCompactForm() {
    assertThat(isMarked("{\"@context\":{},\"mestral\":1}", false)).isFalse();
    assertThat(isMarked(" {\"values\":{\"a\":{}},\"mestral\":1}", false)).isTrue();
    assertThat(isMarked("{\"reply\":\"urn:x\",", true)).isTrue();
    assertThat(isMarked("@prefix a: <urn:a> .", true)).isFalse();
  }

  private static boolean isMarked(String text, boolean otherwise) {
    return CompactJson.isMarked(text.getBytes(UTF_8), otherwise);
  }
}
