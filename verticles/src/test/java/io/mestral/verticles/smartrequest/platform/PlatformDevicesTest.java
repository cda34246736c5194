package io.mestral.verticles.smartrequest.platform;

import static io.mestral.verticles.smartrequest.platform.Asking.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.model.UserId;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.TimeRange;
import io.mestral.routing.request.Asker;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.shape.Shapes;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.Settled;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices as templates see them, over the stores of a node and with its ingestion. */
class PlatformDevicesTest {
  private static final String HEAT = "http://qudt.org/vocab/quantitykind/ThermodynamicTemperature";
  private static final String FAHRENHEIT =
      "[ a smartapi:Device ; smartapi:valueObject [ a smartapi:ValueObject ; qudt:quantityKind"
          + " quantity:ThermodynamicTemperature ; qudt:unit unit:DegreeFahrenheit ] ]";
  private static final String AIR =
      "smartapi:parameter [ smartapi:key \"airTemperature\" ; rdf:value [ a smartapi:ValueObject ] ]";
  private static final Instant FIVE = Instant.parse("2026-02-03T10:05:00Z");

  private final PlatformNode node = new PlatformNode();
  private final PlatformDevices devices = node.devices;

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theNewestValueIsAnsweredInTheUnitThatIsAskedFor() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE.minusSeconds(60), 55, 10);
    node.reading(roof, FIVE, 55, 19.25);
    node.reading(roof, FIVE, 56, 55);
    node.start();
    Entity read = only(read(FAHRENHEIT, ""));
    assertThat(read.iri()).contains(node.iri(roof));
    assertThat(read.valueObjects()).hasSize(1);
    ValueObject heat = read.valueObjects().get(0);
    assertThat(heat.value().orElseThrow().asDouble()).isEqualTo(66.65);
    assertThat(heat.instant()).contains(FIVE);
    assertThat(heat.iri()).contains(new Iri(node.iri(roof).value() + "#55"));
  }

  @Test
  void theSameValueIsAParameter() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE, 55, 19.25);
    node.start();
    Entity read = only(read("[ " + AIR + " ]", ""));
    assertThat(read.properties()).doesNotContain(SmartApi.VALUE_OBJECT);
    Iri value = read.named().values("airTemperature").get(0).asIri();
    assertThat(ValueObject.at(read.graph(), value).value().orElseThrow().asDouble())
        .isEqualTo(19.25);
  }

  @Test
  void anOutlineSaysWhatTheDeviceIsAndWhereItsPropertiesAreServed() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE, 55, 19.25);
    node.reading(roof, FIVE, 12, 20);
    node.start();
    Entity outline = devices.find(node.iri(roof)).orElseThrow();
    assertThat(outline.types()).containsExactly(Types.DEVICE);
    assertThat(outline.label()).contains("Roof");
    assertThat(outline.comment()).contains("where it is high");
    assertThat(outline.location().flatMap(place -> place.latitude())).contains(41.4);
    assertThat(outline.location().flatMap(place -> place.longitude())).contains(2.2);
    assertThat(outline.owners())
        .extracting(owner -> owner.iri().orElseThrow().value())
        .containsExactly(PlatformNode.URL + "/id/users/" + node.uuid(node.ada));
    assertThat(outline.managedBy())
        .extracting(manager -> manager.iri().orElseThrow().value())
        .containsExactly(PlatformNode.URL + "/id/node");
    assertThat(outline.valueObjects()).hasSize(2).allSatisfy(this::isServedHere);
    assertThat(outline.named().values("airTemperature"))
        .as("two sensors measure it")
        .extracting(value -> value.term())
        .containsExactlyInAnyOrder(
            new Iri(node.iri(roof).value() + "#55"), new Iri(node.iri(roof).value() + "#12"));
    assertThat(Shapes.core().violations(outline.graph())).isEmpty();
  }

  private void isServedHere(ValueObject value) {
    assertThat(value.value()).isEmpty();
    assertThat(value.label()).isPresent();
    assertThat(value.quantityKind()).contains(new Iri(HEAT));
    assertThat(value.unit()).contains(new Iri("http://qudt.org/vocab/unit/DEG_C"));
    InterfaceAddress served = value.interfaces().get(0);
    assertThat(served.scheme()).contains("https");
    assertThat(served.host()).contains("mestral.example.org");
    assertThat(served.port()).contains(443L);
    assertThat(served.path()).contains("/smartapi/v1.0e1.0/access/");
  }

  @Test
  void anAreaLeavesOutDevicesOutsideAndThoseThatStandNowhere() {
    Device near = node.device("Near", 41.4, 2.2, false);
    node.device("Far", 48.1, 11.6, false);
    node.device("Nowhere", Double.NaN, Double.NaN, false);
    node.start();
    Outcome outcome =
        read(
            "[ a smartapi:Device ]",
            """
            sx:geospatialContext [ smartapi:ring [ geo:location [ geo:lat 41.39 ; geo:long 2.2 ] ;
              smartapi:maxRadius [ qudt:unit unit:Kilometer ; rdf:value 5.0 ] ] ] ;""");
    assertThat(only(outcome).iri()).contains(node.iri(near));
  }

  @Test
  void inASpanASeriesIsAnsweredWithTheReadingsInIt() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    Device cellar = node.device("Cellar", 41.4, 2.2, false);
    for (int minute = 0; minute < 6; minute++)
      node.reading(roof, FIVE.minusSeconds(300 - 60 * minute), 55, minute);
    node.reading(cellar, FIVE.minusSeconds(90), 55, 8);
    node.reading(cellar, FIVE.minusSeconds(7), 55, 9);
    node.start();
    Instant start = FIVE.minusSeconds(240);
    Outcome outcome = read("[ a smartapi:Device ; " + AIR + " ]", span(start, FIVE));
    assertThat(outcome.entities()).hasSize(2);
    assertThat(Asking.pairs(series(outcome, roof)))
        .isEqualTo(
            Map.of(
                start,
                1.0,
                start.plusSeconds(60),
                2.0,
                start.plusSeconds(120),
                3.0,
                start.plusSeconds(180),
                4.0));
    assertThat(Asking.pairs(series(outcome, cellar)))
        .isEqualTo(Map.of(FIVE.minusSeconds(90), 8.0, FIVE.minusSeconds(7), 9.0));
    assertThat(read("[ " + AIR + " ]", span(FIVE.minusSeconds(9_000), FIVE.minusSeconds(8_000))))
        .as("nothing was measured then")
        .extracting(Outcome::entities)
        .isEqualTo(List.of());
  }

  @Test
  void evenReadingsAreWrittenWithTheirStep() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    for (int minute = 0; minute < 6; minute++)
      if (minute != 4) node.reading(roof, FIVE.minusSeconds(300 - 60 * minute), 55, minute);
    node.start();
    Entity whole = complete(Set.of(), Optional.of(TimeRange.ALWAYS)).get(0);
    TimeSeries series = whole.objects(SmartApi.VALUE_OBJECT, TimeSeries::at).get(0);
    assertThat(series.timeStep()).contains(java.time.Duration.ofSeconds(60));
    assertThat(series.list(SmartApi.LIST).orElseThrow().toDoubles())
        .containsExactly(0, 1, 2, 3, Double.NaN, 5);
    assertThat(Shapes.core().violations(whole.graph())).isEmpty();
  }

  @Test
  void onlyWhatIsOfInterestIsLookedUp() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE, 55, 19.25);
    node.reading(roof, FIVE, 56, 55);
    node.start();
    Iri damp = new Iri(node.iri(roof).value() + "#56");
    Entity newest = complete(Set.of(damp), Optional.empty()).get(0);
    assertThat(newest.valueObjects())
        .filteredOn(value -> value.value().isPresent())
        .extracting(ValueObject::node)
        .containsExactly(damp);
    Entity all = complete(Set.of(damp), Optional.of(TimeRange.ALWAYS)).get(0);
    assertThat(all.valueObjects())
        .filteredOn(value -> value.isA(Types.TIME_SERIES))
        .extracting(ValueObject::node)
        .containsExactly(damp);
  }

  @Test
  void aPrivateDeviceIsReadByItsOwnerAndAdministratorsAlone() {
    Device cellar = node.device("Cellar", 41.4, 2.2, true);
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.start();
    Principal ada = new Principal.User(node.ada, "ada", Role.CITIZEN);
    Principal bob = new Principal.User(new UserId(77), "bob", Role.RESEARCHER);
    Principal admin = new Principal.User(new UserId(78), "root", Role.ADMIN);
    assertThat(List.of(Principal.ANONYMOUS, bob))
        .allSatisfy(
            who -> {
              assertThat(allows(who, cellar, Individuals.READ)).isFalse();
              assertThat(allows(who, roof, Individuals.READ)).isTrue();
              assertThat(allows(who, roof, Individuals.WRITE)).isFalse();
              assertThat(only(readAs(who, "[ a smartapi:Device ]")).iri()).contains(node.iri(roof));
              assertThat(
                      readAs(who, "<" + node.iri(cellar).value() + ">")
                          .failures()
                          .get(0)
                          .cause()
                          .type())
                  .isEqualTo(ErrorType.NOT_AUTHORIZED_ERROR);
            });
    assertThat(List.of(ada, admin))
        .allSatisfy(
            who -> {
              assertThat(allows(who, cellar, Individuals.READ)).isTrue();
              assertThat(allows(who, cellar, Individuals.WRITE)).isTrue();
              assertThat(readAs(who, "[ a smartapi:Device ]").entities()).hasSize(2);
            });
  }

  @Test
  void anApplicationMayDoWhatItsUserLetItDo() {
    Device cellar = node.device("Cellar", 41.4, 2.2, true);
    node.start();
    Principal.User ada = new Principal.User(node.ada, "ada", Role.CITIZEN);
    Principal reads = ada.with(Authority.delegated(Set.of(Scope.SMARTAPI_READ), Set.of()));
    Principal profile = ada.with(Authority.delegated(Set.of(Scope.PROFILE), Set.of()));
    assertThat(allows(reads, cellar, Individuals.READ)).isTrue();
    assertThat(allows(reads, cellar, Individuals.WRITE)).isFalse();
    assertThat(allows(profile, cellar, Individuals.READ)).isFalse();
  }

  @Test
  void aDeviceIsAnsweredAsItIsNow() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.start();
    node.rename(roof, "Attic");
    node.until(() -> label(roof).equals(Optional.of("Attic")));
    Device made = node.device("Made later", 41.4, 2.2, false);
    node.until(() -> label(made).equals(Optional.of("Made later")));
    node.archive(roof);
    node.until(() -> devices.find(node.iri(roof)).isEmpty());
    assertThat(devices.all(Set.of())).hasSize(1);
  }

  @Test
  void aSensorThatPublishesForTheFirstTimeIsAProperty() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.start();
    assertThat(only(read("[ " + AIR + " ]", "")).named().names()).isEmpty();
    node.reading(roof, FIVE, 55, 19.25);
    node.until(() -> !devices.find(node.iri(roof)).orElseThrow().valueObjects().isEmpty());
    assertThat(only(read("[ " + AIR + " ]", "")).named().names()).containsExactly("airTemperature");
  }

  @Test
  void valuesAreThoseAfterTheSensorsEquation() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE, 55, 19.25);
    node.start();
    node.equation(55, Calibration.parse("x*2 + 1"));
    node.until(() -> heat().equals(Optional.of(39.5)));
    node.equation(55, Calibration.parse("1/(x-19.25)"));
    node.until(() -> heat().isEmpty());
    assertThat(read(FAHRENHEIT, "").entities()).as("it has no value that is a number").hasSize(1);
  }

  private Optional<Double> heat() {
    return only(read("[ a smartapi:Device ]", ""))
        .valueObjects()
        .get(0)
        .value()
        .map(value -> value.asDouble());
  }

  @Test
  void aDeviceThatIsGoneMeanwhileIsLeftOut() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.start();
    List<Entity> outlines = devices.all(Set.of()).toList();
    node.archive(roof);
    node.until(() -> devices.find(node.iri(roof)).isEmpty());
    assertThat(Settled.value(devices.complete(outlines, Set.of(), Optional.empty()))).isEmpty();
  }

  @Test
  void onlyTypesThatADeviceIsOfAreItsTypes() {
    node.device("Roof", 41.4, 2.2, false);
    node.start();
    assertThat(devices.all(Set.of(Types.DEVICE))).hasSize(1);
    assertThat(devices.all(Set.of(Types.PHYSICAL_ENTITY, Types.SERVICE))).hasSize(1);
    assertThat(devices.all(Set.of(Types.SERVICE, Types.GATEWAY))).isEmpty();
  }

  @Test
  void otherIrisNameNoDevice() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.start();
    String name = node.iri(roof).value();
    assertThat(
            List.of(
                name + "#55",
                name.toUpperCase(java.util.Locale.ROOT),
                name.replace("mestral.", "other."),
                name.replace("devices", "users"),
                PlatformNode.URL + "/id/devices/" + "0".repeat(36),
                PlatformNode.URL + "/id/devices/1-1-1-1-1",
                PlatformNode.URL + "/id/node"))
        .allSatisfy(other -> assertThat(devices.find(new Iri(other))).isEmpty());
  }

  @Test
  void moreThanAMillionValuesAreTooMany() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.reading(roof, FIVE, 55, 19.25);
    node.reading(roof, FIVE, 56, 55);
    node.start();
    node.detours.always(
        ReadingStore.class,
        "read",
        asked ->
            Future.succeededFuture(minutes(Math.min(500_001, (int) asked.arguments().get(2)))));
    Future<?> asked =
        devices.complete(devices.all(Set.of()).toList(), Set.of(), Optional.of(TimeRange.ALWAYS));
    assertThat(Settled.failure(asked))
        .isInstanceOfSatisfying(
            SmartApiException.class,
            failure -> assertThat(failure.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR))
        .hasMessageContaining("1,000,000");
  }

  private static Samples minutes(int count) {
    return new Samples(
        LongStream.range(0, count).map(minute -> minute * 60).toArray(), new double[count], count);
  }

  @Test
  void aNodeThatIsStillReadingItsDevicesSaysSo() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> devices.find(node.iri(roof)))
        .withMessageContaining("Ask again")
        .returns(ErrorType.SERVER_ERROR, SmartApiException::type);
  }

  @Test
  void whatCannotBeReadAtOnceIsReadLater() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    node.detours.once(
        SensorCatalogue.class,
        "sensors",
        Detours.failing(new RefusedException(Refusal.UNAVAILABLE, "the store is away")));
    node.start();
    assertThat(label(roof)).contains("Roof");
  }

  @Test
  void aDeviceThatCannotBeLookedUpWhenItChangesIsReadWithAllOthers() {
    Device roof = node.device("Roof", 41.4, 2.2, false);
    Device cellar = node.device("Cellar", 41.4, 2.2, false);
    node.start();
    node.detours.once(
        DeviceRegistry.class,
        "find",
        Detours.failing(new RefusedException(Refusal.UNAVAILABLE, "the store is away")));
    node.rename(roof, "Attic");
    node.until(
        () -> {
          assertThat(label(cellar)).as("known meanwhile, too").contains("Cellar");
          return label(roof).equals(Optional.of("Attic"));
        });
    node.rename(cellar, "Basement");
    node.until(() -> label(cellar).equals(Optional.of("Basement")));
  }

  private Optional<String> label(Device device) {
    return devices.find(node.iri(device)).flatMap(Entity::label);
  }

  private boolean allows(Principal who, Device device, Iri method) {
    return devices.allows(asker(who), devices.find(node.iri(device)).orElseThrow(), method);
  }

  private static Asker asker(Principal who) {
    return new Asker(new Iri("https://example.org/id/asker"), who);
  }

  private Outcome readAs(Principal who, String template) {
    return new Asking(
            devices.all(Set.of()), (entity, method) -> devices.allows(asker(who), entity, method))
        .read(template, "");
  }

  /** As a router does it: outlines first, then their values, then the templates. */
  private Outcome read(String template, String context) {
    Optional<TimeRange> span =
        context.startsWith("smartapi:temporal") ? Optional.of(TimeRange.ALWAYS) : Optional.empty();
    return new Asking(complete(Set.of(), span).stream(), (entity, method) -> true)
        .read(template, context);
  }

  private List<Entity> complete(Set<Iri> wanted, Optional<TimeRange> span) {
    return Settled.value(devices.complete(devices.all(Set.of()).toList(), wanted, span));
  }

  private TimeSeries series(Outcome outcome, Device device) {
    Entity entity =
        outcome.entities().stream()
            .filter(one -> one.iri().equals(Optional.of(node.iri(device))))
            .findFirst()
            .orElseThrow();
    return TimeSeries.at(
        entity.graph(),
        (io.mestral.smartapi.rdf.Resource) entity.named().values("airTemperature").get(0).term());
  }

  private static Entity only(Outcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.entities()).hasSize(1);
    return outcome.entities().get(0);
  }
}
