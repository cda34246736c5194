package io.mestral.smartapi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.ListKind;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Device;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.entity.Gateway;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjTest {
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/gateway-2");
  private static final Iri DOOR = new Iri("https://fleet.example/id/door-3");
  private static final Iri CLOSED = new Iri("https://example.org/vocab#closed");
  private static final Iri SECURITY_DOOR = new Iri("https://example.org/vocab#SecurityDoor");

  @Test
  void anObjectHasItsClassAndTheUsersTypes() {
    Device door = new Device.Builder(DOOR).type(SECURITY_DOOR).label("Back door").build();
    assertThat(door.types()).containsExactly(Types.DEVICE, SECURITY_DOOR);
    assertThat(door.isA(Types.PHYSICAL_ENTITY)).isTrue();
    assertThat(door.isA(Types.OBJECT)).isTrue();
    assertThat(door.isA(Types.GATEWAY)).isFalse();
    assertThat(door.label()).contains("Back door");
  }

  @Test
  void whatIsPointedAtComesAlong() {
    ValueObject closed = new ValueObject.Builder().value(Variant.of(true)).build();
    Device door = new Device.Builder(DOOR).property(CLOSED, closed).build();
    Request request =
        new Request.Builder()
            .generatedBy(GATEWAY)
            .generatedAt(Instant.EPOCH)
            .activity(new Activity.Builder().method(Individuals.WRITE).entity(door).build())
            .build();
    Entity sent = request.activities().get(0).entities().get(0);
    assertThat(sent.iri()).contains(DOOR);
    assertThat(sent.object(CLOSED, ValueObject::at).flatMap(ValueObject::value))
        .contains(Variant.of(true));
  }

  @Test
  void objectsMayPointAtOneAnother() {
    Device door = new Device.Builder(DOOR).managedBy(new Gateway.Builder(GATEWAY).build()).build();
    Gateway gateway = new Gateway.Builder(GATEWAY).manages(door).build();
    Entity back = gateway.manages().get(0).managedBy().get(0);
    assertThat(back.as(Gateway::at)).isEqualTo(gateway);
    assertThat(back.manages().get(0).iri()).contains(DOOR);
  }

  @Test
  void propertiesWithoutAMethodAreThereUnderTheirNames() {
    Device door =
        new Device.Builder(DOOR)
            .named("colour", Variant.of("red"))
            .named(CLOSED.value(), Variant.of(false))
            .build();
    assertThat(door.named().values("colour")).containsExactly(Variant.of("red"));
    assertThat(door.values(CLOSED)).containsExactly(Variant.of(false));
    assertThat(door.properties()).containsExactly(Rdf.TYPE, SmartApi.PARAMETER, CLOSED);
  }

  @Test
  void twoValuesWhereOneIsAllowedAreRefusedByName() {
    Graph graph =
        Graph.builder()
            .add(DOOR, Rdfs.LABEL, Literal.of("one"))
            .add(DOOR, Rdfs.LABEL, Literal.of("two"))
            .build();
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Obj.at(graph, DOOR).label())
        .withMessage(Rdfs.LABEL + " has 2 values at " + DOOR + ", one is allowed.")
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void aLiteralWhereAnObjectIsWantedIsRefusedByName() {
    Graph graph = Graph.builder().add(DOOR, SmartApi.ZONE, Literal.of("north")).build();
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Entity.at(graph, DOOR).zones())
        .withMessageContaining("is the literal \"north\", an object is wanted")
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @ParameterizedTest
  @EnumSource(ListKind.class)
  void aListIsReadBackWhicheverWayItIsWritten(ListKind kind) {
    Device device =
        new Device.Builder(DOOR).list(CLOSED, List.of(1.5, 2.5), new ListWriter().as(kind)).build();
    RdfList list = device.list(CLOSED).orElseThrow();
    assertThat(list.kind()).isEqualTo(kind);
    assertThat(list.toDoubles()).containsExactlyInAnyOrder(1.5, 2.5);
    assertThat(device.list(SECURITY_DOOR)).isEmpty();
  }

  @Test
  void aListMayHaveObjectsAndChoosesItsKindByItsItems() {
    ValueObject inside = new ValueObject.Builder().value(Variant.of(21.5)).build();
    Device device =
        new Device.Builder(DOOR).list(CLOSED, Arrays.asList(inside, null, "warm")).build();
    RdfList mixed = device.list(CLOSED).orElseThrow();
    assertThat(mixed.kind()).isEqualTo(ListKind.ORDERED);
    assertThat(mixed.size()).isEqualTo(3);
    Resource node = (Resource) mixed.terms().get(0).orElseThrow();
    assertThat(ValueObject.at(device.graph(), node).value()).contains(Variant.of(21.5));
    assertThat(mixed.terms().get(1)).isEmpty();
    List<Double> many = IntStream.range(0, 101).mapToObj(i -> i / 2.0).toList();
    TimeSeries series = new TimeSeries.Builder().items(many).build();
    assertThat(series.list(SmartApi.LIST)).map(RdfList::kind).contains(ListKind.NUDE);
  }
}
