package io.mestral.smartapi.matching;

import static io.mestral.smartapi.matching.Fleet.ex;
import static io.mestral.smartapi.matching.Fleet.fleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a template, and what it means there. */
class TemplateRulesTest {
  private static final String SINCE_SIX =
      "smartapi:temporalContext [ smartapi:start \"2026-03-01T06:00:00Z\"^^xsd:dateTime ] ;";

  private final Fleet stock = new Fleet();

  @ParameterizedTest
  @CsvSource({
    "3, 3, true",
    "3, 3.0, true",
    "3, 3.0E0, true",
    "3, 4, false",
    "'\"red\"', '\"red\"', true",
    "'\"red\"', '\"Red\"', false",
    "'\"red\"@en', '\"red\"@EN', true",
    "'\"red\"@en', '\"red\"@de', false",
    "'\"red\"@en', '\"red\"', false",
    "'\"2026-03-01T08:00:00Z\"^^xsd:dateTime', '\"2026-03-01T10:00:00+02:00\"^^xsd:dateTime', true",
    "true, '\"1\"^^xsd:boolean', true"
  })
  void literalsAreEqualInTheirValues(String there, String asked, boolean matches) {
    stock.add("fleet:thing-1 a ex:Thing ; ex:mark " + there + " .");
    assertThat(stock.read("[ a ex:Thing ; ex:mark " + asked + " ]").entities())
        .hasSize(matches ? 1 : 0);
  }

  @Test
  void anIriSelects() {
    stock.add("fleet:door-1 a ex:Door ; smartapi:isManagedBy fleet:gateway-2 .");
    assertThat(names(stock.read("[ smartapi:isManagedBy fleet:gateway-2 ]")))
        .containsExactly("door-1");
    assertThat(stock.read("[ smartapi:isManagedBy fleet:gateway-3 ]").entities()).isEmpty();
  }

  @Test
  void aStructureSelectsByWhatIsInIt() {
    stock.add("fleet:box-1 a ex:Box ; ex:label [ ex:text \"A\" ; ex:ink [ ex:color \"blue\" ] ] .");
    assertThat(names(stock.read("[ ex:label [ ex:ink [ ex:color \"blue\" ] ] ]")))
        .containsExactly("box-1");
    assertThat(
            stock.read("[ ex:label [ ex:text \"A\" ; ex:ink [ ex:color \"red\" ] ] ]").entities())
        .isEmpty();
  }

  @Test
  void severalValuesOfAPropertyMustAllBeThere() {
    stock.add("fleet:tag-1 a ex:Tag ; ex:word \"a\" , \"b\" .");
    assertThat(stock.read("[ ex:word \"a\" , \"b\" ]").entities()).hasSize(1);
    assertThat(stock.read("[ ex:word \"a\" , \"c\" ]").entities()).isEmpty();
  }

  @Test
  void aParameterIsAPropertyByItsName() {
    stock.add(
        "fleet:kit-1 a ex:Kit ; smartapi:parameter [ a smartapi:Parameter ; smartapi:key \"mode\" ;"
            + " rdf:value \"eco\" ] .");
    String template = "[ smartapi:parameter [ smartapi:key \"mode\" ; rdf:value \"%s\" ] ]";
    assertThat(stock.read(template.formatted("eco")).entities()).hasSize(1);
    assertThat(stock.read(template.formatted("full")).entities()).isEmpty();
  }

  @Test
  void valuesAtValueObjectAreToldApartByTheirKind() {
    stock.add(
        """
        fleet:station-1 a ex:Station ;
          smartapi:valueObject
            [ a smartapi:ValueObject ; qudt:quantityKind quantity:ThermodynamicTemperature ;
              qudt:unit unit:DegreeCelsius ; rdf:value 2.0E1 ] ,
            [ a smartapi:ValueObject ; qudt:quantityKind quantity:Pressure ;
              qudt:unit unit:Pascal ; rdf:value 1.0E5 ] .
        """);
    Entity read =
        stock
            .read(
                "[ a ex:Station ; smartapi:valueObject [ a smartapi:ValueObject ;"
                    + " qudt:quantityKind quantity:Pressure ; qudt:unit unit:KiloPascal ] ]")
            .entities()
            .get(0);
    assertThat(read.valueObjects()).hasSize(1);
    assertThat(read.valueObjects().get(0).value()).contains(Variant.of(100.0));

    stock.write(
        "[ a ex:Station ; smartapi:valueObject [ a smartapi:ValueObject ; qudt:quantityKind"
            + " quantity:Pressure ; qudt:unit unit:Pascal ; rdf:value 9.0E4 ] ]");
    List<ValueObject> stored = stock.find(fleet("station-1")).orElseThrow().valueObjects();
    assertThat(stored)
        .extracting(value -> value.value().orElseThrow())
        .containsExactlyInAnyOrder(Variant.of(20.0), Variant.of(90000.0));
  }

  @Test
  void aKindThatTheEntityHasNoValueOfIsNotAdded() {
    stock.add("fleet:station-1 a ex:Station .");
    Outcome outcome =
        stock.write(
            "[ a ex:Station ; smartapi:valueObject [ a smartapi:ValueObject ; qudt:quantityKind"
                + " quantity:Pressure ; rdf:value 9.0E4 ] ]");
    assertThat(outcome.failures().get(0).cause().type()).isEqualTo(ErrorType.INVALID_PARAMS);
    assertThat(outcome.changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unsignedInt", "positiveInteger", "byte", "float", "decimal"})
  void aNumberOfAnyDatatypeIsConverted(String datatype) {
    stock.add(
        "fleet:scale-1 a ex:Scale ; ex:mass [ a smartapi:ValueObject ; qudt:unit unit:Kilogram ;"
            + " rdf:value \"2\"^^xsd:"
            + datatype
            + " ] .");
    Entity read =
        stock
            .read("[ a ex:Scale ; ex:mass [ a smartapi:ValueObject ; qudt:unit unit:Gram ] ]")
            .entities()
            .get(0);
    ValueObject mass = read.object(ex("mass"), ValueObject::at).orElseThrow();
    assertThat(mass.value().orElseThrow().asDouble()).isEqualTo(2000.0);
  }

  @Test
  void whatIsNoNumberIsNotLabelledWithAnotherUnit() {
    stock.add(
        "fleet:scale-1 a ex:Scale ; ex:mass [ a smartapi:ValueObject ; qudt:unit unit:Kilogram ;"
            + " rdf:value \"heavy\" ] .");
    Outcome outcome =
        stock.read("[ a ex:Scale ; ex:mass [ a smartapi:ValueObject ; qudt:unit unit:Gram ] ]");
    assertThat(outcome.entities()).isEmpty();
    assertThat(outcome.failures().get(0).cause())
        .hasMessageContaining("is no number and can't be given in another unit")
        .returns(ErrorType.UNIT_ERROR, SmartApiException::type);
  }

  @Test
  void aConditionMakesNothing() {
    Outcome outcome =
        stock.create("[ a ex:Car ; ex:color [ a smartapi:Condition ; smartapi:regex \"^r\" ] ]");
    assertThat(outcome.failures().get(0).cause())
        .hasMessageContaining("In Create and Notify values are wanted");
  }

  @Test
  void aConditionAtTheTypeSeesWiderTypes() {
    assertThat(
            names(
                stock.read("[ a [ a smartapi:Condition ; smartapi:or ex:Thermometer , ex:Van ] ]")))
        .containsExactlyInAnyOrder("thermo-12", "van-1");
    assertThat(names(stock.read("[ a [ a smartapi:Condition ; sx:equal ex:Vehicle ] ]")))
        .containsExactlyInAnyOrder("car-7", "car-9", "car-3", "van-1");
  }

  @Test
  void whatIsAskedForIsAnsweredWithTypesAndWhatWasSelectedBy() {
    Entity car =
        stock
            .read("[ a ex:Car ; ex:color \"blue\" ; ex:speed [ a smartapi:ValueObject ] ]")
            .entities()
            .get(0);
    assertThat(car.properties()).containsExactlyInAnyOrder(Rdf.TYPE, ex("color"), ex("speed"));
  }

  @Test
  void whatTheEntityLacksIsLeftOut() {
    Entity car = stock.read("fleet:car-3 ex:weight [ a smartapi:ValueObject ]").entities().get(0);
    assertThat(car.properties()).containsExactly(Rdf.TYPE);
  }

  @Test
  void ofSeveralValuesTheLatestIsRead() {
    stock.add(
        """
        fleet:meter-1 a ex:Meter ; ex:level
          [ a smartapi:ValueObject ; rdf:value 1 ; smartapi:instant "2026-03-01T06:00:00Z"^^xsd:dateTime ] ,
          [ a smartapi:ValueObject ; rdf:value 2 ; smartapi:instant "2026-03-01T07:00:00Z"^^xsd:dateTime ] .
        """);
    String template = "[ a ex:Meter ; ex:level [ a smartapi:ValueObject ] ]";
    assertThat(stock.read(template).entities().get(0).objects(ex("level"), ValueObject::at))
        .extracting(value -> value.value().orElseThrow().asLong())
        .containsExactly(2L);
    assertThat(
            stock.read(template, SINCE_SIX).entities().get(0).objects(ex("level"), ValueObject::at))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smartapi:timeStep \"PT1H\"^^xsd:duration ; smartapi:temporalContext [ smartapi:start"
            + " \"2026-03-01T05:00:00Z\"^^xsd:dateTime ] ; smartapi:list [ rdf:first ["
            + " smartapi:rawArray [ rdf:value \"[1.5,2.5,null,3.5]\"^^rdf:JSON ] ] ]",
        "smartapi:list [ rdf:first [ smartapi:rawArray [ rdf:value"
            + " \"[[\\\"2026-03-01T05:00:00Z\\\",1.5],[\\\"2026-03-01T06:00:00Z\\\",2.5],[\\\"2026-03-01T08:00:00Z\\\",3.5]]\"^^rdf:JSON"
            + " ] ] ]",
        "smartapi:list ( [ rdf:value 1.5E0 ; smartapi:instant"
            + " \"2026-03-01T05:00:00Z\"^^xsd:dateTime ] [ rdf:value 2.5E0 ; smartapi:instant"
            + " \"2026-03-01T06:00:00Z\"^^xsd:dateTime ] [ rdf:value 3.5E0 ; smartapi:instant"
            + " \"2026-03-01T08:00:00Z\"^^xsd:dateTime ] [ rdf:value 9.0E0 ] )"
      })
  void aSeriesIsFilteredItemByItemHoweverItIsWritten(String series) {
    stock.add(
        "fleet:thermo-1 a ex:Probe ; ex:temperature [ a smartapi:TimeSeries ; qudt:unit"
            + " unit:DegreeCelsius ; "
            + series
            + " ] .");
    TimeSeries read =
        stock
            .read(
                "[ a ex:Probe ; ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:Kelvin ] ]",
                SINCE_SIX)
            .entities()
            .get(0)
            .object(ex("temperature"), TimeSeries::at)
            .orElseThrow();
    assertThat(read.isA(Types.TIME_SERIES)).isTrue();
    NudeList list = (NudeList) RdfList.read(read.graph(), read.items().orElseThrow()).orElseThrow();
    assertThat(list.column("value").toDoubles()).containsExactly(275.65, 276.65);
    assertThat(list.column("instant").strings())
        .containsExactly(Optional.of("2026-03-01T06:00:00Z"), Optional.of("2026-03-01T08:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereAValueComesFromIsAnsweredWithIt(boolean series) {
    String provenance =
        "smartapi:provenance [ a smartapi:Provenance ; smartapi:generationMethod"
            + " smartapi:Observation ; ex:by [ ex:name \"probe 12\" ] ] ; ";
    stock.add(
        series
            ? "fleet:thermo-1 a ex:Probe ; ex:temperature [ a smartapi:TimeSeries ; qudt:unit"
                + " unit:DegreeCelsius ; smartapi:timeStep \"PT1H\"^^xsd:duration ; "
                + provenance
                + " smartapi:temporalContext [ smartapi:start"
                + " \"2026-03-01T05:00:00Z\"^^xsd:dateTime ] ; smartapi:list ( 1.5E0 2.5E0 ) ] ."
            : "fleet:thermo-1 a ex:Probe ; ex:temperature [ a smartapi:ValueObject ; qudt:unit"
                + " unit:DegreeCelsius ; "
                + provenance
                + " rdf:value 1.5E0 ; smartapi:instant \"2026-03-01T08:00:00Z\"^^xsd:dateTime ] .");
    String asked =
        "[ a ex:Probe ; ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:Kelvin ] ]";
    for (var outcome : List.of(stock.read(asked), stock.read(asked, SINCE_SIX))) {
      Obj read = outcome.entities().get(0).object(ex("temperature"), Obj::at).orElseThrow();
      Obj from = read.object(SmartApi.PROVENANCE, Obj::at).orElseThrow();
      assertThat(from.object(ex("by"), Obj::at).orElseThrow().value(ex("name")))
          .hasValueSatisfying(name -> assertThat(name.asString()).isEqualTo("probe 12"));
      assertThat(read.types()).hasSize(1);
      assertThat(read.properties()).doesNotContain(SmartApi.TIME_STEP);
    }
  }

  @Test
  void theLatestOfASeriesIsAValue() {
    stock.add(
        "fleet:thermo-1 a ex:Probe ; ex:temperature [ a smartapi:TimeSeries ; qudt:unit"
            + " unit:DegreeCelsius ; smartapi:timeStep \"PT1H\"^^xsd:duration ;"
            + " smartapi:temporalContext [ smartapi:start"
            + " \"2026-03-01T05:00:00Z\"^^xsd:dateTime ] ; smartapi:list [ rdf:first ["
            + " smartapi:rawArray [ rdf:value \"[1.5,2.5,3.5,null]\"^^rdf:JSON ] ] ] ] .");
    ValueObject value =
        stock
            .read("[ a ex:Probe ; ex:temperature [ a smartapi:ValueObject ] ]")
            .entities()
            .get(0)
            .object(ex("temperature"), ValueObject::at)
            .orElseThrow();
    assertThat(value.value()).contains(Variant.of(3.5));
    assertThat(value.instant()).contains(Instant.parse("2026-03-01T07:00:00Z"));
    assertThat(value.properties()).doesNotContain(SmartApi.TEMPORAL_CONTEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "start 05 end 09, 06, 09",
    "start 05, 06,",
    "start 07 end 09, 07, 09",
    "start 05 duration 4, 06, 09",
    "end 09 duration 4, 06, 09",
    "end 09, 06, 09",
    "start 02 end 03, ,",
    "duration 4, ,"
  })
  void aPartOfASeriesHasItsContextCutToTheSpanAskedFor(String whole, String start, String end) {
    String bounds =
        whole
            .replaceAll(
                "(start|end) (\\d\\d)", "smartapi:$1 \"2026-03-01T$2:00:00Z\"^^xsd:dateTime ;")
            .replaceAll("duration (\\d)", "smartapi:duration \"PT$1H\"^^xsd:duration ;");
    stock.add(
        "fleet:thermo-1 a ex:Probe ; ex:temperature [ a smartapi:TimeSeries ;"
            + " smartapi:temporalContext [ "
            + bounds
            + " smartapi:during gr:Sunday ; ex:said [ ex:by \"probe 12\" ] ] ; smartapi:list ("
            + " [ rdf:value 1.5E0 ; smartapi:instant \"2026-03-01T05:00:00Z\"^^xsd:dateTime ]"
            + " [ rdf:value 2.5E0 ; smartapi:instant \"2026-03-01T08:00:00Z\"^^xsd:dateTime ] ) ] .");
    TemporalContext part =
        stock
            .read("[ a ex:Probe ; ex:temperature [ a smartapi:ValueObject ] ]", SINCE_SIX)
            .entities()
            .get(0)
            .object(ex("temperature"), TimeSeries::at)
            .flatMap(TimeSeries::temporalContext)
            .orElseThrow();
    assertThat(part.start()).isEqualTo(hour(start));
    assertThat(part.end()).isEqualTo(hour(end));
    assertThat(part.duration().isPresent()).isEqualTo(whole.equals("duration 4"));
    assertThat(part.during()).contains(new Iri("http://purl.org/goodrelations/v1#Sunday"));
    assertThat(part.object(ex("said"), Obj::at).orElseThrow().value(ex("by")))
        .contains(Variant.of("probe 12"));
  }

  private static Optional<Instant> hour(String hour) {
    return Optional.ofNullable(hour).map(one -> Instant.parse("2026-03-01T" + one + ":00:00Z"));
  }

  @Test
  void aTemplateInACircleIsRefused() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> stock.read("[ ex:part _:a ] . _:a ex:part _:b . _:b ex:part _:a"))
        .withMessageContaining("in a circle")
        .returns(ErrorType.TOO_LARGE_ERROR, SmartApiException::type);
  }

  private static List<String> names(Outcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    return outcome.entities().stream()
        .map(one -> one.iri().orElseThrow().value().replace("https://fleet.example/id/", ""))
        .toList();
  }
}
