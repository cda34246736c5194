package io.mestral.verticles.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a node tells the one above of its Entities. */
class OutlinesTest {
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix ex: <https://example.org/vocab#> .
      """;
  private static final Iri NODE = new Iri("https://example.org/id/one");

  private static Graph outline(String turtle) {
    byte[] text = (PREFIXES + turtle).getBytes(StandardCharsets.UTF_8);
    return Outlines.of(Entity.at(new TurtleReader(Limits.DEFAULT).read(text), NODE));
  }

  @Test
  void valuesAreLeftOutAndWhatElseIsKnownOfThemStays() {
    Graph told =
        outline(
            """
            <https://example.org/id/one> a ex:Lamp ; ex:room "hall" ;
              sx:authorization [ a sx:Authorization ] ;
              ex:level [ a smartapi:ValueObject ; rdf:value 2.0E1 ; smartapi:minimum 0.0E0 ] .
            """);
    assertThat(told.triples().map(one -> one.predicate()))
        .doesNotContain(Rdf.VALUE)
        .contains(new Iri("http://smart-api.io/ontology/1.0/smartapi#minimum"));
    assertThat(told.objects(NODE, new Iri("https://example.org/vocab#room"))).hasSize(1);
    assertThat(told.objects(NODE, new Iri("https://w3id.org/smartapi-edge/1.0#authorization")))
        .hasSize(1);
  }

  @Test
  void parametersHaveValuesThatStayButForThoseOfGateways() {
    String parameter = "smartapi:parameter [ smartapi:key \"form\" ; rdf:value \"compact\" ] .";
    assertThat(outline("<https://example.org/id/one> a ex:Lamp ; " + parameter).triples())
        .anyMatch(one -> one.predicate().equals(Rdf.VALUE));
    Graph gateway = outline("<https://example.org/id/one> a smartapi:Gateway ; " + parameter);
    assertThat(gateway.objects(NODE, SmartApi.PARAMETER)).isEmpty();
    assertThat(gateway.objects(NODE, Rdf.TYPE)).hasSize(1);
  }
}
