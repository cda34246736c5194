package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AskedFormTest {
  private static final Iri FAHRENHEIT = new Iri(Namespaces.LEGACY_UNIT + "DegreeFahrenheit");
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      """;

  private static Obj object(String turtle) {
    byte[] text = (PREFIXES + "<urn:x> " + turtle + " .").getBytes(StandardCharsets.UTF_8);
    return Obj.at(new MessageReader().graph(text, Syntax.TURTLE), new Iri("urn:x"));
  }

  private static Obj inFahrenheit(Obj value) {
    Graph.Builder graph = Graph.builder();
    ValueObject asked = new ValueObject.Builder().unit(FAHRENHEIT).build();
    Resource node = new AskedForm(Units.shared()).write(value, asked, graph);
    return Obj.at(graph.build(), node);
  }

  @Test
  void aValueIsGivenInTheAskedUnit() {
    ValueObject given =
        inFahrenheit(
                object("a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; rdf:value 1.0E2"))
            .as(ValueObject::at);
    assertThat(given.value().orElseThrow().asDouble()).isEqualTo(212.0);
    assertThat(given.unit()).contains(FAHRENHEIT);
  }

  @Test
  void aSeriesIsGivenInTheAskedUnitWithAllOfItsInstants() {
    Obj series =
        object(
            """
            a smartapi:TimeSeries ; qudt:unit unit:DegreeCelsius ;
            smartapi:list [ rdf:first [ smartapi:rawArray [ rdf:value
              '[["2026-03-01T08:00:00Z",0.0],["2026-03-01T09:00:00Z",100.0]]'^^rdf:JSON ] ;
              sx:tupleShape "instant value" ] ]
            """);
    TimeSeries given = inFahrenheit(series).as(TimeSeries::at);
    assertThat(given.unit()).contains(FAHRENHEIT);
    assertThat(Series.of(given).items())
        .extracting(item -> Variant.of(item.value()).asDouble())
        .containsExactly(32.0, 212.0);
    assertThat(Series.of(given).items()).allMatch(item -> item.instant().isPresent());
  }

  @Test
  void aSeriesWithoutInstantsIsNotGivenInAnotherUnit() {
    Obj series =
        object(
            "a smartapi:TimeSeries ; qudt:unit unit:DegreeCelsius ; smartapi:list [ rdf:first ["
                + " smartapi:rawArray [ rdf:value '[0.0,100.0]'^^rdf:JSON ] ] ]");
    assertThatThrownBy(() -> inFahrenheit(series))
        .isInstanceOf(SmartApiException.class)
        .hasMessageContaining("have no instants");
  }
}
