package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Values that have names are particular values (Smart API, section 1.7). */
class NamedValuesTest {
  private static final String SINCE_SIX =
      "smartapi:temporalContext [ smartapi:start \"2026-03-01T06:00:00Z\"^^xsd:dateTime ] ;";

  private final Fleet stock =
      new Fleet()
          .add(
              """
              fleet:kit-1 a ex:Kit ;
                smartapi:valueObject <https://fleet.example/id/kit-1#fine> ,
                  <https://fleet.example/id/kit-1#coarse> ,
                  <https://fleet.example/id/kit-1#heat> ;
                smartapi:parameter [ a smartapi:Parameter ; smartapi:key "heat" ;
                  rdf:value <https://fleet.example/id/kit-1#heat> ] .
              <https://fleet.example/id/kit-1#fine> a smartapi:ValueObject ;
                qudt:quantityKind quantity:Density ; rdf:value 1.5E0 ;
                smartapi:instant "2026-03-01T06:00:00Z"^^xsd:dateTime .
              <https://fleet.example/id/kit-1#coarse> a smartapi:ValueObject ;
                qudt:quantityKind quantity:Density ; rdf:value 2.5E0 ;
                smartapi:instant "2026-03-01T07:00:00Z"^^xsd:dateTime .
              <https://fleet.example/id/kit-1#heat> a smartapi:TimeSeries ;
                qudt:quantityKind quantity:ThermodynamicTemperature ;
                qudt:unit unit:DegreeCelsius ; smartapi:timeStep "PT1H"^^xsd:duration ;
                smartapi:temporalContext [ smartapi:start "2026-03-01T05:00:00Z"^^xsd:dateTime ] ;
                smartapi:list [ rdf:first [ smartapi:rawArray
                  [ rdf:value "[19.5,20.5,21.5]"^^rdf:JSON ] ] ] .
              """);

  @Test
  void ofSeveralOfOneKindEachIsAnswered() {
    assertThat(
            values(
                "[ a ex:Kit ; smartapi:valueObject [ a smartapi:ValueObject ; qudt:quantityKind"
                    + " quantity:Density ] ]"))
        .containsExactlyInAnyOrder(1.5, 2.5);
  }

  @Test
  void activitiesThatAServiceOffersAreAnsweredWithAllThatTheyTake() {
    stock.add(
        """
        fleet:routes a smartapi:Service ; smartapi:hasCapability fleet:route-cost .
        fleet:route-cost a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ;
          smartapi:parameter [ a smartapi:Parameter ; smartapi:key "distance" ;
            rdf:value [ a smartapi:ValueObject ; smartapi:maximum 100 ; sx:required false ] ] ] .
        """);
    Entity read = stock.read("[ a smartapi:Service ]").entities().get(0);
    Activity offered = read.object(SmartApi.HAS_CAPABILITY, Activity::at).orElseThrow();
    ValueObject distance =
        ValueObject.at(
            read.graph(), offered.inputs().get(0).named().value("distance").orElseThrow().asNode());
    assertThat(distance.maximum().map(Variant::asLong)).contains(100L);
    assertThat(distance.value(Sx.REQUIRED).map(Variant::asBoolean)).contains(false);
  }

  @Test
  void oneThatIsAskedForByNameIsThatOne() {
    assertThat(
            values(
                "[ a ex:Kit ; smartapi:valueObject <https://fleet.example/id/kit-1#fine> ] ."
                    + " <https://fleet.example/id/kit-1#fine> a smartapi:ValueObject"))
        .containsExactly(1.5);
  }

  @Test
  void ofBlankOnesOfOneKindTheLatestIsAnswered() {
    stock.add(
        """
        fleet:kit-2 a ex:Kit ; smartapi:valueObject
          [ a smartapi:ValueObject ; qudt:quantityKind quantity:Density ; rdf:value 3.5E0 ;
            smartapi:instant "2026-03-01T06:00:00Z"^^xsd:dateTime ] ,
          [ a smartapi:ValueObject ; qudt:quantityKind quantity:Density ; rdf:value 4.5E0 ;
            smartapi:instant "2026-03-01T07:00:00Z"^^xsd:dateTime ] ,
          [ a smartapi:ValueObject ; qudt:quantityKind quantity:Length ; rdf:value 5.5E0 ;
            smartapi:instant "2026-03-01T05:00:00Z"^^xsd:dateTime ] .
        """);
    Entity read =
        stock.read("fleet:kit-2 smartapi:valueObject [ a smartapi:ValueObject ]").entities().get(0);
    assertThat(read.valueObjects())
        .extracting(value -> value.value().orElseThrow().asDouble())
        .containsExactlyInAnyOrder(4.5, 5.5);
  }

  @Test
  void aSeriesWithANameIsPartOfTheWholeEntity() {
    Entity whole = stock.read("fleet:kit-1 a ex:Kit").entities().get(0);
    assertThat(series(whole).timeStep()).isPresent();
    assertThat(series(whole).iri()).isPresent();
  }

  @Test
  void ofAWholeEntityInASpanASeriesIsCutToIt() {
    Entity whole = stock.read("fleet:kit-1 a ex:Kit", SINCE_SIX).entities().get(0);
    TimeSeries part = series(whole);
    NudeList list = (NudeList) RdfList.read(part.graph(), part.items().orElseThrow()).orElseThrow();
    assertThat(list.column("instant").strings())
        .containsExactly(Optional.of("2026-03-01T06:00:00Z"), Optional.of("2026-03-01T07:00:00Z"));
    assertThat(list.column("value").toDoubles()).containsExactly(20.5, 21.5);
    assertThat(part.unit()).isPresent();
    assertThat(whole.named().values("heat"))
        .extracting(heat -> heat.term())
        .containsExactly(part.node());
  }

  private static TimeSeries series(Entity entity) {
    return entity.objects(SmartApi.VALUE_OBJECT, TimeSeries::at).stream()
        .filter(one -> one.isA(Types.TIME_SERIES))
        .findFirst()
        .orElseThrow();
  }

  private List<Double> values(String template) {
    Entity read = stock.read(template).entities().get(0);
    return read.objects(SmartApi.VALUE_OBJECT, ValueObject::at).stream()
        .map(value -> value.value().orElseThrow().asDouble())
        .toList();
  }
}
