package io.mestral.verticles.smartrequest.compact;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Parameters;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a gateway says it manages, as the description of itself and its Entities. */
final class Announcement {
  static final int MOST_ENTITIES = 1_000;
  static final int MOST_PROPERTIES = 100;

  /** A Parameter of a gateway that is spoken to in the compact form. */
  private static final String FORM = "mestral form";

  private static final Literal COMPACT = Literal.of("compact 1");
  private static final Map<String, Iri> DATATYPES =
      Map.of(
          "number", Xsd.DECIMAL,
          "integer", Xsd.INTEGER,
          "boolean", Xsd.BOOLEAN,
          "text", Xsd.STRING);

  private final Names names;
  private final Graph.Builder graph = Graph.builder();

  private Announcement(Names names) {
    this.names = names;
  }

  /** Whether a gateway described itself so. */
  static boolean isMarked(Entity gateway) {
    return Parameters.read(gateway.graph(), gateway.node()).values(FORM).stream()
        .anyMatch(one -> one.term().equals(COMPACT));
  }

  /**
   * The description.
   *
   * @throws io.mestral.smartapi.error.SmartApiException of type ParseError if a member makes no
   *     sense, TooLargeError if there is too much of something
   */
  static Graph read(JsonNode message, Names names) {
    return new Announcement(names).all(message);
  }

  private Graph all(JsonNode message) {
    CompactJson.only(message, "An announcement", Set.of(CompactJson.MARK, "label", "manages"));
    Iri self = names.gateway();
    graph.add(self, Rdf.TYPE, Types.GATEWAY);
    CompactJson.text(message, "label")
        .ifPresent(one -> graph.add(self, Rdfs.LABEL, Literal.of(one)));
    Parameters.write(graph, self, FORM, List.of(COMPACT));
    for (var one : CompactJson.members(message.path("manages"), "\"manages\"", MOST_ENTITIES))
      entity(names.entity(one.getKey()), one.getValue());
    return graph.build();
  }

  private void entity(Iri entity, JsonNode says) {
    String where = "\"" + names.called(entity) + "\"";
    CompactJson.members(says, where, MOST_PROPERTIES);
    CompactJson.only(
        says, where, Set.of("type", "label", "comment", "place", "zone", "is", "properties"));
    graph.add(names.gateway(), SmartApi.MANAGES, entity);
    graph.add(entity, SmartApi.IS_MANAGED_BY, names.gateway());
    graph.add(entity, Rdf.TYPE, Types.DEVICE);
    JsonNode type = says.path("type");
    if (type.isArray() && type.size() <= MOST_PROPERTIES) type.forEach(one -> type(entity, one));
    else if (!type.isMissingNode()) type(entity, type);
    CompactJson.text(says, "label")
        .ifPresent(one -> graph.add(entity, Rdfs.LABEL, Literal.of(one)));
    CompactJson.text(says, "comment")
        .ifPresent(one -> graph.add(entity, Rdfs.COMMENT, Literal.of(one)));
    CompactJson.text(says, "zone")
        .ifPresent(one -> graph.add(entity, SmartApi.ZONE, CompactJson.iri(one, "\"zone\"")));
    place(entity, says.path("place"));
    for (var one : CompactJson.members(says.path("is"), "\"is\"", MOST_PROPERTIES))
      fact(entity, one);
    for (var one : CompactJson.members(says.path("properties"), "\"properties\"", MOST_PROPERTIES))
      property(entity, one.getKey(), one.getValue());
  }

  private void type(Iri entity, JsonNode type) {
    if (!type.isTextual()) throw CompactJson.fault("\"type\" is " + CompactJson.excerpt(type));
    String text = type.textValue();
    graph.add(
        entity,
        Rdf.TYPE,
        text.indexOf(':') >= 0
            ? CompactJson.iri(text, "\"type\"")
            : new Iri(Namespaces.SMARTAPI + CompactJson.name(text, "A type")));
  }

  private void fact(Iri entity, Map.Entry<String, JsonNode> fact) {
    String name = fact.getKey();
    if (name.indexOf(':') >= 0) CompactJson.iri(name, "What it is");
    else CompactJson.name(name, "What it is");
    Parameters.write(
        graph, entity, name, List.of(CompactJson.literal(fact.getValue(), "\"" + name + "\"")));
  }

  private void place(Iri entity, JsonNode place) {
    if (place.isMissingNode()) return;
    CompactJson.members(place, "\"place\"", MOST_PROPERTIES);
    CompactJson.only(place, "\"place\"", Set.of("lat", "lon", "alt"));
    Blank point = new Blank();
    graph.add(entity, Geo.LOCATION, point);
    graph.add(point, Rdf.TYPE, Geo.POINT);
    coordinate(point, Geo.LAT, CompactJson.number(place, "lat"), 90);
    coordinate(point, Geo.LONG, CompactJson.number(place, "lon"), 180);
    CompactJson.number(place, "alt")
        .ifPresent(one -> graph.add(point, Geo.ALT, Literal.of(one.doubleValue())));
  }

  private void coordinate(Blank point, Iri property, Optional<BigDecimal> value, int most) {
    double degrees =
        value
            .map(BigDecimal::doubleValue)
            .filter(one -> Math.abs(one) <= most)
            .orElseThrow(
                () ->
                    CompactJson.fault(
                        "a \"place\" needs \"lat\" from -90 to 90 and \"lon\" from -180 to 180"));
    graph.add(point, property, Literal.of(degrees));
  }

  private void property(Iri entity, String name, JsonNode says) {
    String where = "The property \"" + name + "\"";
    CompactJson.members(says, where, MOST_PROPERTIES);
    CompactJson.only(
        says,
        where,
        Set.of("type", "unit", "quantity", "min", "max", "writable", "label", "iri", "value"));
    Iri value = Names.value(entity, name);
    Iri datatype = datatype(says);
    graph.add(value, Rdf.TYPE, Types.VALUE_OBJECT);
    graph.add(value, SmartApi.DATA_TYPE, datatype);
    graph.add(entity, SmartApi.VALUE_OBJECT, value);
    Parameters.write(
        graph,
        entity,
        CompactJson.text(says, "iri")
            .map(iri -> CompactJson.iri(iri, "\"iri\" of " + where).value())
            .orElse(name),
        List.of(value));
    CompactJson.text(says, "label").ifPresent(one -> graph.add(value, Rdfs.LABEL, Literal.of(one)));
    CompactJson.text(says, "unit").ifPresent(one -> graph.add(value, Qudt.UNIT, unit(one, where)));
    CompactJson.text(says, "quantity")
        .ifPresent(one -> graph.add(value, Qudt.QUANTITY_KIND, quantity(one, where)));
    CompactJson.number(says, "min")
        .ifPresent(one -> graph.add(value, SmartApi.MINIMUM, Literal.of(one)));
    CompactJson.number(says, "max")
        .ifPresent(one -> graph.add(value, SmartApi.MAXIMUM, Literal.of(one)));
    JsonNode writable = says.path("writable");
    if (!writable.isMissingNode() && !writable.isBoolean())
      throw CompactJson.fault("\"writable\" is " + CompactJson.excerpt(writable));
    Blank ability = new Blank();
    graph.add(entity, SmartApi.HAS_EVALUATION, ability);
    graph.add(ability, Rdf.TYPE, writable.asBoolean(false) ? Types.CONTROLLABILITY : Types.ABILITY);
    graph.add(ability, SmartApi.VALUE_OBJECT, value);
    if (says.has("value"))
      graph.add(
          value,
          Rdf.VALUE,
          new Described.Property(value, datatype, true)
              .fitting(CompactJson.literal(says.path("value"), "\"value\""))
              .orElseThrow(
                  () ->
                      CompactJson.fault(
                          "\"value\" of %s is %s"
                              .formatted(where, CompactJson.excerpt(says.path("value"))))));
  }

  private static Iri datatype(JsonNode says) {
    String type = CompactJson.text(says, "type").orElse("number");
    if (!DATATYPES.containsKey(type))
      throw CompactJson.fault(
          "\"type\" of a property is \"%s\"; there are %s"
              .formatted(type, DATATYPES.keySet().stream().sorted().toList()));
    return DATATYPES.get(type);
  }

  private static Iri unit(String text, String where) {
    return UnitCodes.unit(text)
        .orElseThrow(
            () ->
                CompactJson.fault(
                    where
                        + " has the unit \""
                        + text
                        + "\"; a code of UCUM such as Cel, a name or symbol of QUDT such as DEG_C,"
                        + " or an IRI is wanted"));
  }

  private static Iri quantity(String text, String where) {
    return UnitCodes.quantityKind(text)
        .orElseThrow(
            () ->
                CompactJson.fault(
                    where
                        + " is of the quantity \""
                        + text
                        + "\"; a quantity kind of QUDT such as Temperature, or its IRI, is"
                        + " wanted"));
  }
}
