package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes Entities of devices, without the values of their properties: what everybody may see whom
 * the device is shown. Each component is a ValueObject with a name, attached both by {@code
 * smartapi:valueObject} and as a Parameter (Smart API, section 1.7, rules 2 and 3). Immutable.
 */
final class DeviceEntity {
  private final PlatformIris iris;
  private final Map<SensorId, Part> parts = new HashMap<>();

  /** One node for all: wherever graphs are put together it is described once. */
  private final InterfaceAddress address;

  /**
   * What is the same for a sensor on every device.
   *
   * @param fragment what the value's name ends in
   * @param value what is said of it
   * @param equation from the stored value to the shown one
   */
  private record Part(
      String fragment, ValueObject value, Optional<Literal> property, Calibration equation) {}

  /**
   * Devices of a node.
   *
   * @param iris how they are named
   * @param access where the node takes Smart API messages, {@code http} or {@code https}
   * @param sensors the catalogue
   */
  DeviceEntity(PlatformIris iris, URI access, Collection<Sensor> sensors, Quantities quantities) {
    this.iris = iris;
    this.address = address(access);
    for (Sensor sensor : sensors) parts.put(sensor.id(), part(sensor, quantities.of(sensor)));
  }

  private Part part(Sensor sensor, Measurand measurand) {
    ValueObject.Builder value =
        new ValueObject.Builder().label(sensor.name()).dataType(Xsd.DOUBLE).servedAt(address);
    measurand.quantityKind().ifPresent(value::quantityKind);
    measurand.unit().ifPresent(value::unit);
    return new Part(
        PlatformIris.fragment(sensor.id()),
        value.build(),
        measurand.property().map(Literal::of),
        sensor.equation());
  }

  private static InterfaceAddress address(URI access) {
    boolean secure = access.getScheme().equals("https");
    int usual = secure ? 443 : 80;
    return new InterfaceAddress.Builder()
        .scheme(access.getScheme())
        .host(access.getHost())
        .port(access.getPort() < 0 ? usual : access.getPort())
        .path(access.getPath())
        .contentType("text/turtle")
        .contentType("application/ld+json")
        .build();
  }

  PlatformIris iris() {
    return iris;
  }

  /** From the stored values of a sensor to those shown; as they are for one that isn't known. */
  Calibration equation(SensorId sensor) {
    Part part = parts.get(sensor);
    return part == null ? Calibration.IDENTITY : part.equation();
  }

  /** A device with its properties, without their values. */
  Entity outline(KeptDevice device) {
    Graph.Builder graph = Graph.builder();
    Iri node = iris.device(device.uuid());
    graph.add(node, Rdf.TYPE, Types.DEVICE);
    graph.add(node, Rdfs.LABEL, Literal.of(device.name()));
    device.description().ifPresent(text -> graph.add(node, Rdfs.COMMENT, Literal.of(text)));
    device.ownerUuid().ifPresent(owner -> graph.add(node, SmartApi.OWNER, iris.user(owner)));
    graph.add(node, SmartApi.IS_MANAGED_BY, iris.node());
    place(device, node, graph);
    Map<Literal, Blank> parameters = new LinkedHashMap<>();
    for (SensorId sensor : device.sensors()) {
      Part part = parts.get(sensor);
      if (part != null) property(node, part, parameters, graph);
    }
    parameters.forEach((name, parameter) -> graph.add(node, SmartApi.PARAMETER, parameter));
    if (!device.sensors().isEmpty()) graph.addAll(address.graph());
    return Entity.at(graph.build(), node);
  }

  private static void place(KeptDevice device, Iri node, Graph.Builder graph) {
    Blank point = new Blank();
    coordinate(point, Geo.LAT, device.latitude(), graph);
    coordinate(point, Geo.LONG, device.longitude(), graph);
    coordinate(point, Geo.ALT, device.elevation(), graph);
    if (Double.isNaN(device.latitude())
        && Double.isNaN(device.longitude())
        && Double.isNaN(device.elevation())) return;
    graph.add(point, Rdf.TYPE, Geo.POINT);
    graph.add(node, Geo.LOCATION, point);
  }

  private static void coordinate(Blank point, Iri property, double value, Graph.Builder graph) {
    if (!Double.isNaN(value)) graph.add(point, property, Literal.of(value));
  }

  private void property(
      Iri device, Part part, Map<Literal, Blank> parameters, Graph.Builder graph) {
    Iri value = new Iri(device.value() + part.fragment());
    graph.addLike(value, part.value().graph(), part.value().node());
    graph.add(device, SmartApi.VALUE_OBJECT, value);
    if (part.property().isEmpty()) return;
    Literal name = part.property().get();
    Blank parameter = parameters.computeIfAbsent(name, first -> new Blank());
    graph.add(parameter, Rdf.TYPE, Types.PARAMETER);
    graph.add(parameter, SmartApi.KEY, name);
    graph.add(parameter, Rdf.VALUE, value);
  }
}
