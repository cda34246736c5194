package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.place.GeospatialContext;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.unit.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AreaTest {
  private static final String FINLAND_IN_PAIRS =
      "smartapi:polygon [ a smartapi:Polygon ; smartapi:list [ rdf:first [ smartapi:rawArray [ rdf:value"
          + " \"[[60,20],[70,20],[70,31],[60,31]]\"^^rdf:JSON ] ] ] ]";
  private static final String FINLAND_IN_POINTS =
      "smartapi:polygon [ a smartapi:Polygon ; smartapi:list ( [ geo:lat 60.0 ; geo:long 20.0 ] [ geo:lat"
          + " 70.0 ; geo:long 20.0 ] [ geo:lat 70.0 ; geo:long 31.0 ] [ geo:lat 60.0 ; geo:long 31.0 ] ) ]";
  private static final String DISC =
      "smartapi:ring [ geo:location [ geo:lat 60.0 ; geo:long 24.0 ] ; smartapi:maxRadius [ qudt:unit"
          + " unit:Kilometer ; rdf:value 5.0 ] ]";

  @ParameterizedTest
  @ValueSource(strings = {FINLAND_IN_PAIRS, FINLAND_IN_POINTS})
  void aPolygonHasItsCornersInPairsOrPoints(String polygon) {
    Area area = area(polygon);
    assertThat(area.contains(at("geo:lat 65.0 ; geo:long 25.0"))).isTrue();
    assertThat(area.contains(at("geo:lat 59.0 ; geo:long 25.0"))).isFalse();
  }

  @Test
  void severalAreasAreOne() {
    Area area = area(DISC + " ; " + FINLAND_IN_PAIRS.replace("60,", "62,"));
    assertThat(area.contains(at("geo:lat 60.01 ; geo:long 24.0"))).isTrue();
    assertThat(area.contains(at("geo:lat 65.0 ; geo:long 25.0"))).isTrue();
    assertThat(area.contains(at("geo:lat 61.0 ; geo:long 25.0"))).isFalse();
  }

  @Test
  void whatHasNoWholePlaceIsOutside() {
    assertThat(area(DISC).contains(at("geo:lat 60.0"))).isFalse();
    assertThat(area(DISC).contains(Obj.at(Graph.empty(), Fleet.fleet("car-1")))).isFalse();
  }

  @Test
  void theMiddleMayStandOnTheRing() {
    Area area =
        area(
            "smartapi:ring [ geo:lat 60.0 ; geo:long 24.0 ; smartapi:maxRadius [ rdf:value 500.0 ] ]");
    assertThat(area.contains(at("geo:lat 60.004 ; geo:long 24.0"))).isTrue();
    assertThat(area.contains(at("geo:lat 60.005 ; geo:long 24.0"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"100, true", "300, true", "99, false", "301, false"})
  void altitudesMayBeLimited(int metres, boolean inside) {
    Area area =
        area(DISC + " ; sx:altitudeRange [ smartapi:minimum 100.0 ; smartapi:maximum 300.0 ]");
    assertThat(area.contains(at("geo:lat 60.0 ; geo:long 24.0 ; geo:alt " + metres)))
        .isEqualTo(inside);
    assertThat(area.contains(at("geo:lat 60.0 ; geo:long 24.0"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ex:nothing true | has no area",
        "smartapi:ring [ geo:lat 60.0 ; geo:long 24.0 ] | no outer radius",
        "smartapi:ring [ smartapi:maxRadius [ rdf:value 5.0 ] ] | no middle",
        "smartapi:ring [ geo:lat 91.0 ; geo:long 24.0 ; smartapi:maxRadius [ rdf:value 5.0 ] ] | degrees from -90 to 90",
        "smartapi:polygon [ ex:nothing true ] | no corners",
        "smartapi:polygon [ smartapi:list ( [ geo:lat 1.0 ; geo:long 1.0 ] [ geo:lat 2.0 ; geo:long 1.0 ] ) ] | three corners",
        "smartapi:polygon [ smartapi:list ( 1 2 3 ) ] | is no place"
      })
  void whatIsNoAreaIsRefused(String context, String why) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> area(context))
        .withMessageContaining(why)
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void aRadiusInKilogramsIsAUnitError() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> area(DISC.replace("unit:Kilometer", "unit:Kilogram")))
        .returns(ErrorType.UNIT_ERROR, SmartApiException::type);
  }

  private static Area area(String context) {
    Graph graph = Fleet.graph("fleet:context ex:is [ " + context + " ] .");
    Resource node = (Resource) graph.object(Fleet.fleet("context"), Fleet.ex("is")).orElseThrow();
    return Area.of(GeospatialContext.at(graph, node), Units.shared());
  }

  private static Obj at(String place) {
    return Obj.at(
        Fleet.graph("fleet:car-1 geo:location [ a geo:Point ; " + place + " ] ."),
        Fleet.fleet("car-1"));
  }
}
