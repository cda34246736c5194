package io.mestral.smartapi.matching;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Order;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.ValueSpace;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Makes {@link Selector}s of what stands in a template (Smart API, section 3.2). Those that give
 * the benefit of the doubt let through what isn't known: a property that a candidate doesn't have,
 * or of which only its kind is known.
 */
final class Selectors {
  private final Ontology ontology;
  private final Stock stock;
  private final Conversions units;
  private final boolean doubtful;

  Selectors(Ontology ontology, Stock stock, Conversions units) {
    this(ontology, stock, units, false);
  }

  private Selectors(Ontology ontology, Stock stock, Conversions units, boolean doubtful) {
    this.ontology = ontology;
    this.stock = stock;
    this.units = units;
    this.doubtful = doubtful;
  }

  /** The same, with the benefit of the doubt. */
  Selectors inDoubt() {
    return new Selectors(ontology, stock, units, true);
  }

  /** A type of the candidate is this one or a kind of it (rule M3). */
  Selector type(Iri type) {
    return (graph, node) -> ontology.isA(graph, node, type);
  }

  /** An equal value stands there (rule M4). */
  Selector literal(PropertyKey property, Literal literal) {
    return any(property, (graph, value) -> equal(graph, value, literal));
  }

  /** This IRI stands there, or another name of the same thing (rule M5). */
  Selector iri(PropertyKey property, Iri iri) {
    Set<Iri> names = stock.sameAs(iri);
    return any(property, (graph, value) -> value instanceof Iri one && names.contains(one));
  }

  /** A node stands there for which all of these hold (rule M6). */
  Selector structure(PropertyKey property, List<Selector> inner) {
    return any(
        property,
        (graph, value) ->
            value instanceof Resource node
                && inner.stream().allMatch(selector -> selector.holds(graph, node)));
  }

  /** A value stands there that satisfies the Condition (rule M7). */
  Selector condition(PropertyKey property, Condition condition) {
    boolean open = doubtful && !property.equals(PropertyKey.of(Rdf.TYPE));
    return (graph, node) ->
        open
            || condition.holds(
                new Scope(graph, node, property, ontology, units), Optional.of(property.iri()));
  }

  /** An equal value stands there, in whatever unit (rule M8). */
  Selector value(PropertyKey property, ValueObject value) {
    Quantity wanted = Quantity.read(value.graph(), value.node()).orElseThrow();
    return any(
        property,
        (graph, there) ->
            isOfKind(graph, there, property, value)
                && quantity(graph, there)
                    .filter(one -> one.compare(wanted, units) == Order.EQUAL)
                    .isPresent());
  }

  /** A value between the limits stands there, both included (rule M10). */
  Selector range(PropertyKey property, ValueObject limits) {
    Optional<Quantity> lowest = limit(limits, limits.minimum());
    Optional<Quantity> highest = limit(limits, limits.maximum());
    return any(
        property,
        (graph, there) ->
            isOfKind(graph, there, property, limits)
                && quantity(graph, there)
                    .filter(one -> lowest.isEmpty() || !isLess(one, lowest.get()))
                    .filter(one -> highest.isEmpty() || !isLess(highest.get(), one))
                    .isPresent());
  }

  /**
   * At {@code smartapi:valueObject} values are told apart by their names, or by their quantity kind
   * (section 1.7).
   */
  boolean isOfKind(Graph graph, Term there, PropertyKey property, ValueObject asked) {
    if (!property.equals(PropertyKey.of(SmartApi.VALUE_OBJECT))
        || !(there instanceof Resource node)) {
      return true;
    }
    if (asked.iri().isPresent()) {
      return stock.sameAs(asked.iri().get()).contains(node);
    }
    if (asked.quantityKind().isEmpty()) {
      return true;
    }
    return graph
        .object(node, Qudt.QUANTITY_KIND)
        .filter(kind -> units.isSameKind(Variant.of(kind).asIri(), asked.quantityKind().get()))
        .isPresent();
  }

  /** What tells a value at {@code smartapi:valueObject} apart: its name, or its quantity kind. */
  Object identity(Graph graph, Term there) {
    return there instanceof Blank node
        ? graph.object(node, Qudt.QUANTITY_KIND).map(kind -> units.modern(Variant.of(kind).asIri()))
        : there;
  }

  private boolean isLess(Quantity one, Quantity other) {
    Order order = one.compare(other, units);
    return order != Order.GREATER && order != Order.EQUAL;
  }

  private boolean equal(Graph graph, Term value, Literal literal) {
    if (value instanceof Resource node) {
      return graph.objects(node, Rdf.VALUE).stream()
          .anyMatch(one -> one instanceof Literal && ValueSpace.equal(one, literal));
    }
    return ValueSpace.equal(value, literal);
  }

  private Selector any(PropertyKey property, BiPredicate<Graph, Term> test) {
    return (graph, node) -> {
      Collection<Term> values = property.values(graph, node);
      if (doubtful && isOpen(graph, values)) {
        return true;
      }
      for (Term value : values) {
        if (test.test(graph, value)) {
          return true;
        }
      }
      return false;
    };
  }

  /** Nothing is known, or something of which it isn't. */
  private boolean isOpen(Graph graph, Collection<Term> values) {
    for (Term value : values) {
      if (isOpen(graph, value)) {
        return true;
      }
    }
    return values.isEmpty();
  }

  /** A value of which only its kind is known, or of which there are many. */
  private boolean isOpen(Graph graph, Term value) {
    return value instanceof Resource node
        && graph.object(node, Rdf.VALUE).isEmpty()
        && (ontology.isA(graph, node, Types.VALUE_OBJECT)
            || ontology.isA(graph, node, Types.TIME_SERIES));
  }

  private static Optional<Quantity> limit(ValueObject limits, Optional<Variant> limit) {
    return limit.map(one -> new Quantity(one.term(), limits.unit()));
  }

  private static Optional<Quantity> quantity(Graph graph, Term value) {
    return value instanceof Resource node
        ? Quantity.read(graph, node)
        : Optional.of(new Quantity(value, Optional.empty()));
  }
}
