package io.mestral.smartapi.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.mestral.smartapi.dialect.Dialect;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      @prefix owl: <http://www.w3.org/2002/07/owl#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
      @prefix gr: <http://purl.org/goodrelations/v1#> .
      @prefix ex: <https://example.org/vocab#> .
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a smartapi:Request ; smartapi:id 'seven' | At <urn:n>: smartapi:id is \"seven\", allowed: at most one whole number.",
        "a smartapi:Request ; smartapi:method smartapi:Read, smartapi:Write | At <urn:n>: smartapi:method, allowed: at most one IRI.",
        "a smartapi:Request ; smartapi:activity 'read' | At <urn:n>: smartapi:activity is \"read\", allowed: objects (IRIs or blank nodes, no literals).",
        "a smartapi:Response ; sx:inReplyTo 'urn:1' | At <urn:n>: sx:inReplyTo is \"urn:1\", allowed: at most one IRI.",
        "a smartapi:AliveRequest ; sx:timeout 30 | At <urn:n>: sx:timeout is \"30\"^^<http://www.w3.org/2001/XMLSchema#integer>, allowed: at most one length of time, an xsd:duration.",
        "a smartapi:Request ; sx:expires 'tomorrow'^^xsd:dateTime | sx:expires is \"tomorrow\"^^<http://www.w3.org/2001/XMLSchema#dateTime>, allowed: at most one moment",
        "a smartapi:Request ; sx:hopLimit -1 | allowed: at most one whole number, 0 or more.",
        "a smartapi:Notification ; sx:sequence 1.5 | sx:sequence is \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>, allowed: at most one whole number, 0 or more.",
        "a sx:Heartbeat ; sx:interval 'PT'^^xsd:duration | At <urn:n>: sx:interval",
        "a sx:UnitError ; smartapi:errorCode 'E7' | smartapi:errorCode is \"E7\", allowed: at most one whole number.",
        "a smartapi:Status ; smartapi:percentage 101 | allowed: at most one number from 0 to 100.",
        "a smartapi:Status ; smartapi:completed 5 ; smartapi:total 4 | smartapi:completed is \"5\"^^<http://www.w3.org/2001/XMLSchema#integer>, allowed: no more than smartapi:total.",
        "a smartapi:Activity ; smartapi:entity 'car' | smartapi:entity is \"car\", allowed: objects",
        "a smartapi:TemporalContext ; smartapi:start '2026-03-01'^^xsd:date | smartapi:start is \"2026-03-01\"",
        "a sx:GeospatialContext | At <urn:n>: wanted: a smartapi:ring, a smartapi:polygon or a sx:altitudeRange.",
        "a smartapi:Ring ; smartapi:maxRadius 5 | At <urn:n>: smartapi:maxRadius is",
        "a geo:Point ; geo:lat 91.0 ; geo:long 3.0 | allowed: at most one number of degrees, -90 to 90.",
        "a smartapi:ValueObject ; qudt:unit 'km' | qudt:unit is \"km\", allowed: at most one IRI.",
        "a smartapi:Capacity ; smartapi:percentage -1 | allowed: at most one number from 0 to 100.",
        "a smartapi:TimeSeries ; smartapi:timeStep 60 | smartapi:timeStep is",
        "a smartapi:Parameter ; rdf:value 1 | At <urn:n>: smartapi:key, allowed: exactly one literal.",
        "a smartapi:Provenance ; sx:provenanceReliability 2.0 | allowed: at most one number from 0 to 1.",
        "a smartapi:Gateway ; smartapi:manages 'door' | smartapi:manages is \"door\"",
        "a smartapi:Device ; smartapi:velocity 3.0 | smartapi:velocity is",
        "a smartapi:InterfaceAddress ; smartapi:port 70000 | allowed: at most one port number, 0 to 65535.",
        "a smartapi:InterfaceAddress ; smartapi:scheme 'HTTPS' | smartapi:scheme is \"HTTPS\", allowed: at most one URI scheme or protocol in lower case.",
        "a smartapi:Zone ; smartapi:zoneNumber 'A' | smartapi:zoneNumber is \"A\"",
        "a sx:Authorization ; sx:grantedMethod 'Read' | sx:grantedMethod is \"Read\", allowed: IRIs.",
        "a gr:Offering ; gr:validThrough 'soon' | gr:validThrough is \"soon\"",
        "a gr:UnitPriceSpecification ; gr:hasCurrency 'euro' | allowed: at most one currency code of three capital letters (ISO 4217).",
        "a sx:License ; sx:revoked 'maybe'^^xsd:boolean | sx:revoked is",
        "a sx:Contract ; sx:party 'me' | sx:party is \"me\"",
        "a sx:Account ; sx:balance 'much' | sx:balance is \"much\", allowed: at most one number.",
        "a sx:AccountTransaction ; sx:bookedAt '2026-03-01T00:00:00Z'^^xsd:dateTime | At <urn:n>: sx:amount, allowed: exactly one number.",
        "a sx:LedgerEntry ; sx:entryHash 7 | sx:entryHash is",
        "a smartapi:EncryptedReference ; sx:jwe 7 | sx:jwe is",
        "a smartapi:Size ; smartapi:width 2 | smartapi:width is",
        "a smartapi:Orientation ; smartapi:yaw 2 | smartapi:yaw is",
        "a smartapi:Direction ; smartapi:heading 2 | smartapi:heading is",
        "a smartapi:Velocity ; smartapi:groundSpeed 2 | smartapi:groundSpeed is",
        "a smartapi:Waypoint ; smartapi:instant 'noon' | smartapi:instant is \"noon\"",
        "a smartapi:Subscription ; sx:interval 5 | sx:interval is",
        "a smartapi:Person ; owl:sameAs 'me' | owl:sameAs is \"me\", allowed: IRIs.",
        "a smartapi:Entity ; smartapi:generatedAt 'now' | smartapi:generatedAt is \"now\""
      })
  void whatIsWrongIsSaidWithNodePropertyAndWhatIsAllowed(String description, String text) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Shapes.core().require(graph("<urn:n> " + description + " .")))
        .withMessageContaining(text)
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void aNodeWithoutNameIsFoundByTheWayToIt() {
    List<Violation> found =
        Shapes.core()
            .violations(
                graph(
                    "<urn:m> a smartapi:Request ; smartapi:activity [ a smartapi:Activity ;"
                        + " smartapi:temporalContext [ a smartapi:TemporalContext ;"
                        + " smartapi:start 'now' ] ] ."));
    assertThat(found)
        .extracting(Violation::place)
        .containsExactly("<urn:m> smartapi:activity smartapi:temporalContext");
  }

  @Test
  void manyViolationsAreCountedAndTheFirstOnesTold() {
    String many =
        IntStream.range(0, 9)
            .mapToObj(i -> "<urn:n" + i + "> a smartapi:Activity ; smartapi:entity 'x' .")
            .collect(Collectors.joining("\n"));
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Shapes.core().require(graph(many)))
        .withMessageEndingWith("And 4 more.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] a ex:Unheard ; ex:of 'anything', 3, [ ex:more 'things' ] .",
        "[] a smartapi:Request ; ex:id 'x' ; smartapi:neverDefined 5 .",
        "[] a smartapi:ValueObject ; smartapi:instant [ a smartapi:Condition ; sx:less"
            + " '2026-03-01T00:00:00Z'^^xsd:dateTime ] ; qudt:unit [ a smartapi:Condition ] .",
        "[] a smartapi:InterfaceAddress ; smartapi:port '443'^^xsd:int ; smartapi:host '' .",
        "[] a smartapi:Error ; smartapi:errorMessage 'non'@fr .",
        "[] a smartapi:Request ; smartapi:generatedAt '2026-03-01T08:00:00.123456'^^xsd:dateTime ."
      })
  void whatNobodyDefinedConditionsAndOldPeersWaysAreNotWrong(String description) {
    assertThatNoException().isThrownBy(() -> Shapes.core().require(graph(description)));
  }

  @Test
  void anOperatorsClassHasTheShapeOfWhatItIsAKindOf() {
    Graph thermostat = graph("<urn:n> a ex:Thermostat ; smartapi:isManagedBy 'hub' .");
    assertThat(Shapes.core().violations(thermostat)).isEmpty();
    Ontology operators =
        Ontology.core().with(graph("ex:Thermostat rdfs:subClassOf smartapi:Device ."));
    assertThat(Shapes.core().with(operators).violations(thermostat)).hasSize(1);
  }

  @Test
  void messagesOfOtherDialectsAreLookedAtInOurTerms() {
    Graph foreign = graph("<urn:n> a smartapi:Heartbeat ; smartapi:sequence -1 .");
    assertThat(Shapes.core().violations(Dialect.normalise(foreign)))
        .extracting(Violation::toString)
        .singleElement()
        .asString()
        .contains("sx:sequence");
  }

  private static Graph graph(String turtle) {
    return new TurtleReader(Limits.DEFAULT)
        .read((PREFIXES + turtle).getBytes(StandardCharsets.UTF_8));
  }
}
