package io.mestral.smartapi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.list.ListKind;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.entity.Device;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.shape.Shapes;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Getting along with peers that run the published SDK (Smart API, sections 1.2, 7.1 and 10): what
 * they write is read, and they can read what is written. That values at {@code
 * smartapi:valueObject} are told apart by quantity kind is in {@code TemplateRulesTest}, what
 * becomes of its references in {@code DecryptionRefusalsTest}.
 */
class PublishedSdkTest {
  private static final Iri APP = new Iri("https://client.example/id/app");
  private static final Iri CAR = new Iri("https://fleet.example/id/car-7");
  private static final Manner OLD =
      new Manner(Syntax.JSON_LD, JsonLdForm.CONTEXT_INLINED, QudtFamily.LEGACY);

  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();

  @Test
  void itDropsEntitiesWhoseTypesItDoesNotKnowSoTheyAreSaidToBeEntities() {
    Device car = new Device.Builder(CAR).type(new Iri("https://example.org/vocab#Car")).build();
    String written = text(writer.write(response(car), Manner.unasked(QudtFamily.LEGACY)));
    assertThat(written).contains("smartapi:Entity");
  }

  @Test
  void itResolvesNoContextSoWhatIsUsedOfItStandsInTheDocument() {
    String written = text(writer.write(response(new Device.Builder(CAR).build()), OLD));
    assertThat(written)
        .startsWith("{\"@context\":{")
        .contains("\"smartapi\":\"http://smart-api.io/ontology/1.0/smartapi#\"")
        .doesNotContain("context.jsonld", "\"gr\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void itReadsNoListsOfPlainNumbersSoShortOnesAreOrdered(int items) {
    TimeSeries series = new TimeSeries.Builder().items(Collections.nCopies(items, 21.5)).build();
    assertThat(series.list(SmartApi.LIST)).map(RdfList::kind).contains(ListKind.ORDERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/turtle", "application/ld+json", "application/n-triples"})
  void itSaysUsAsciiOverTextInUtf8(String mediaType) {
    Syntax syntax = Syntax.ofMediaType(mediaType + "; charset=\"us-ascii\"").orElseThrow();
    Message kitchen =
        reader
            .read(turtle("<urn:r> a smartapi:Request ; rdfs:label \"Küche\""), Syntax.TURTLE)
            .message();
    Document document = writer.write(kitchen, OLD.in(syntax));
    assertThat(text(document)).contains("Küche");
    assertThat(reader.read(document.body(), syntax).message().label()).contains("Küche");
  }

  @Test
  void itWritesMomentsWithoutZoneAndWithMicroseconds() {
    String document =
        text(turtle("<urn:r> a smartapi:Request"))
            .replace("\"2026-03-01T08:00:00Z\"", "\"2026-03-01T08:00:00.123456\"");
    Message message =
        reader.read(document.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE).message();
    assertThat(message.generatedAt()).contains(Instant.parse("2026-03-01T08:00:00.123Z"));
    assertThatNoException().isThrownBy(() -> Shapes.core().require(message.graph()));
  }

  @Test
  void itRegistersWithEntitiesOnTheMessageNoMethodAndASenderThatIsAnActivity() {
    Message message =
        reader
            .read(
                turtle(
                    "<https://client.example/id/app> a smartapi:Activity .\n"
                        + "<urn:r> a smartapi:Request ; smartapi:entity"
                        + " <https://fleet.example/id/car-7>"),
                Syntax.TURTLE)
            .message();
    assertThat(message.generatedBy()).contains(APP);
    assertThat(message.method()).isEmpty();
    assertThat(message.activities()).isEmpty();
    assertThat(message.entities()).extracting(Obj::node).containsExactly(CAR);
    assertThatNoException().isThrownBy(() -> Shapes.core().require(message.graph()));
  }

  @Test
  void itHoldsListsByDctAbstractWhichIsReadAndNeverWritten() {
    Graph graph =
        reader.graph(
            turtle(
                "<urn:s> a smartapi:TimeSeries ; smartapi:list [ dct:abstract [ smartapi:rawArray"
                    + " [ rdf:value \"[1.5,2.5]\"^^rdf:JSON ] ] ]"),
            Syntax.TURTLE);
    TimeSeries read = TimeSeries.at(graph, new Iri("urn:s"));
    assertThat(read.list(SmartApi.LIST).orElseThrow().toDoubles()).containsExactly(1.5, 2.5);
    TimeSeries ours = new TimeSeries.Builder().items(Collections.nCopies(101, 1.5)).build();
    assertThat(ours.graph().triples()).noneMatch(t -> t.predicate().value().contains("abstract"));
  }

  @Test
  void termsThatALaterReleaseMintedAreReadAsOurs() {
    Message message =
        reader
            .read(
                turtle(
                    "<urn:r> a smartapi:Request ; smartapi:hopLimit 3 ; smartapi:activity ["
                        + " smartapi:method smartapi:Update ; smartapi:entity <urn:e> ] .\n"
                        + "<urn:e> smartapi:managedBy <urn:g>"),
                Syntax.TURTLE)
            .message();
    assertThat(message.hopLimit()).contains(3L);
    Activity activity = message.activities().get(0);
    assertThat(activity.method()).contains(Individuals.WRITE);
    assertThat(activity.entities().get(0).values(SmartApi.IS_MANAGED_BY)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit", "hasUnit"})
  void todaysPredicatesAndUnitsAreReadAsWellAsTheOldOnes(String predicate) {
    Graph graph =
        reader
            .read(
                turtle(
                    "<urn:r> a smartapi:Request . <urn:v>"
                        + " <http://qudt.org/schema/qudt/%s>".formatted(predicate)
                        + " <http://qudt.org/vocab/unit/DEG_C>"),
                Syntax.TURTLE)
            .message()
            .graph();
    Iri unit = (Iri) graph.object(new Iri("urn:v"), Qudt.UNIT).orElseThrow();
    Iri old = new Iri("http://data.nasa.gov/qudt/owl/unit#DegreeCelsius");
    assertThat(Units.shared().unit(unit)).isPresent().isEqualTo(Units.shared().unit(old));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantityKind", "hasQuantityKind"})
  void todaysQuantityKindsAreReadAsWellAsTheOldOnesAndAnsweredToItInItsOwn(String predicate) {
    Message message =
        reader
            .read(
                turtle(
                    "<urn:r> a smartapi:Request . <urn:v>"
                        + " <http://qudt.org/schema/qudt/%s>".formatted(predicate)
                        + " <http://qudt.org/vocab/quantitykind/Pressure>"),
                Syntax.TURTLE)
            .message();
    assertThat(writer.inManner(message, OLD).object(new Iri("urn:v"), Qudt.QUANTITY_KIND))
        .contains(new Iri("http://data.nasa.gov/qudt/owl/quantity#Pressure"));
  }

  @Test
  void aUnitThatItHasNoNameForIsWrittenAsItIsKnown() {
    Received received =
        reader.read(
            turtle(
                "<urn:r> a smartapi:Request ; <urn:p>"
                    + " <http://qudt.org/vocab/unit/NoSuchUnit>,"
                    + " <http://data.nasa.gov/qudt/owl/unit#NoSuchUnit>"),
            Syntax.TURTLE);
    for (QudtFamily family : QudtFamily.values()) {
      assertThat(writer.inManner(received.message(), Manner.unasked(family)))
          .isEqualTo(received.original());
    }
  }

  @Test
  void whatNobodyKnowsIsKeptAndWrittenBack() {
    Received received =
        reader.read(
            turtle("<urn:r> a smartapi:Request, <urn:Later> ; <urn:p> [ <urn:q> 1, \"x\"@en-gb ]"),
            Syntax.TURTLE);
    for (Syntax syntax : List.of(Syntax.TURTLE, Syntax.JSON_LD, Syntax.N_TRIPLES)) {
      Document back = writer.write(received.message(), OLD.in(syntax));
      assertThat(Canonical.form(reader.graph(back.body(), syntax)))
          .isEqualTo(Canonical.form(received.original()));
    }
  }

  @Test
  void itsReferencesArePassedOnUntouched() {
    Received received =
        reader.read(
            turtle(
                "<urn:r> a smartapi:Request ; smartapi:activity <urn:a> .\n<urn:a> a"
                    + " smartapi:Activity, smartapi:Reference, smartapi:MultipartReference,"
                    + " smartapi:EncryptedReference ; smartapi:encryptionKeyType"
                    + " smartapi:SessionKey ; smartapi:sessionKey \"AAAA\" ; smartapi:signature"
                    + " \"BBBB\" ; smartapi:hashCode \"CCCC\""),
            Syntax.TURTLE);
    Graph passed = writer.inManner(received.message(), Manner.unasked(QudtFamily.MODERN));
    assertThat(passed).isEqualTo(received.original());
    assertThat(passed.contains(new Iri("urn:a"), SmartApi.ENCRYPTION_KEY_TYPE, Types.SESSION_KEY))
        .isTrue();
  }

  private static Response response(Device car) {
    return new Response.Builder()
        .generatedBy(APP)
        .generatedAt(Instant.EPOCH)
        .activity(new Activity.Builder().method(Individuals.READ).entity(car).build())
        .build();
  }

  private static String text(Document document) {
    return text(document.body());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A document in which {@code <urn:r>} has sender and time. */
  private static byte[] turtle(String statements) {
    return ("""
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        %s .
        <urn:r> smartapi:generatedBy <https://client.example/id/app> ;
          smartapi:generatedAt "2026-03-01T08:00:00Z"^^xsd:dateTime .
        """)
        .formatted(statements)
        .getBytes(StandardCharsets.UTF_8);
  }
}
