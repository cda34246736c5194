package io.mestral.verticles.smartrequest.compact;

import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An Entity as its announcement in the compact form described it.
 *
 * @param entity without values
 * @param properties by their names
 */
record Described(Entity entity, Map<String, Property> properties) {

  /**
   * A property.
   *
   * @param value its ValueObject's name
   */
  record Property(Iri value, Iri datatype, boolean isWritable) {
    /** The value in the property's datatype; empty when it is of another sort. */
    Optional<Literal> fitting(Literal given) {
      boolean isNumber = NumericType.isNumeric(given.datatype());
      if (datatype.equals(Xsd.DECIMAL) || datatype.equals(Xsd.INTEGER)) {
        if (!isNumber) return Optional.empty();
        BigDecimal number = Variant.of(given).asBigDecimal();
        if (datatype.equals(Xsd.DECIMAL)) return Optional.of(Literal.of(number));
        return number.stripTrailingZeros().scale() <= 0
            ? Optional.of(Literal.of(number.toBigIntegerExact()))
            : Optional.empty();
      }
      boolean isTruth = given.datatype().equals(Xsd.BOOLEAN);
      if (datatype.equals(Xsd.BOOLEAN)) return Optional.of(given).filter(one -> isTruth);
      return isNumber || isTruth ? Optional.empty() : Optional.of(Literal.of(given.lexical()));
    }

    /** What values it takes, for people. */
    String kind() {
      if (datatype.equals(Xsd.DECIMAL)) return "a number";
      if (datatype.equals(Xsd.INTEGER)) return "a whole number";
      return datatype.equals(Xsd.BOOLEAN) ? "true or false" : "a text";
    }
  }

  static Described of(Entity entity) {
    Graph graph = entity.graph();
    Map<String, Property> properties = new LinkedHashMap<>();
    String prefix = entity.iri().map(Names::prefix).orElse("?");
    for (Term term : graph.objects(entity.node(), SmartApi.VALUE_OBJECT))
      if (term instanceof Iri iri && iri.value().startsWith(prefix)) {
        ValueObject value = ValueObject.at(graph, iri);
        properties.put(
            iri.value().substring(prefix.length()),
            new Property(iri, value.dataType().orElse(Xsd.STRING), isWritable(entity, iri)));
      }
    return new Described(without(entity, properties.values()), properties);
  }

  private static boolean isWritable(Entity entity, Iri value) {
    Graph graph = entity.graph();
    return graph.objects(entity.node(), SmartApi.HAS_EVALUATION).stream()
        .anyMatch(
            one ->
                one instanceof Resource node
                    && graph.contains(node, Rdf.TYPE, Types.CONTROLLABILITY)
                    && graph.contains(node, SmartApi.VALUE_OBJECT, value));
  }

  private static Entity without(Entity entity, Collection<Property> properties) {
    Map<Resource, Property> byNode = new HashMap<>();
    properties.forEach(one -> byNode.put(one.value(), one));
    Graph.Builder graph = Graph.builder();
    for (Triple t : (Iterable<Triple>) entity.graph().triples()::iterator)
      if (!byNode.containsKey(t.subject()) || !isValue(t.predicate())) graph.add(t);
    return Entity.at(graph.build(), entity.node());
  }

  static boolean isValue(Iri predicate) {
    return predicate.equals(Rdf.VALUE) || predicate.equals(SmartApi.INSTANT);
  }

  Iri name() {
    return entity.iri().orElseThrow();
  }

  /** The property that a ValueObject is of. */
  Optional<String> property(Resource value) {
    return properties.entrySet().stream()
        .filter(one -> one.getValue().value().equals(value))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
