package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.value.Order;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What Write and Create make of an Entity (Smart API, sections 3.2 rules M8, M13, M14; 9; 10). A
 * written value stays in the unit the Entity has it in.
 */
final class Writing {
  private final Matching matching;
  private final Conversions conversions;
  private final Instant madeAt;

  Writing(Matching matching, Instant madeAt) {
    this.matching = matching;
    this.conversions = new Conversions(matching.units());
    this.madeAt = madeAt;
  }

  /**
   * An Entity with all assignments of a template.
   *
   * @return the changed Entity; the same when there is nothing to assign
   * @throws SmartApiException of type InvalidParams or UnitError if one of them doesn't fit; then
   *     none is to be carried out
   */
  Entity apply(Template template, Entity entity) {
    Entity changed = entity;
    for (Assignment assignment : template.assignments()) {
      changed = apply(assignment, changed);
    }
    return changed;
  }

  /**
   * What a Response shows of a written Entity: what was written, in the units it was written in.
   */
  Template shown(Template template) {
    List<Wanted> wanted = new ArrayList<>();
    for (Assignment one : template.assignments()) {
      wanted.add(new Wanted(one.property(), one.value()));
    }
    return new Template(
        template.entity(),
        template.identity(),
        template.types(),
        template.selectors(),
        template.selected(),
        wanted,
        List.of());
  }

  /** An Entity's name and types alone, which is what is answered of one that was removed. */
  static Entity named(Entity entity) {
    Graph.Builder graph = Graph.builder();
    entity.types().forEach(type -> graph.add(entity.node(), Rdf.TYPE, type));
    return Entity.at(graph.build(), entity.node());
  }

  /** A new Entity as its template describes it, under the template's IRI or one that is made up. */
  static Entity created(Entity template, Supplier<Iri> mint) {
    Iri name = template.iri().or(() -> template.sameAs().stream().findFirst()).orElseGet(mint);
    Graph.Builder graph = Graph.builder();
    template
        .closure()
        .triples()
        .filter(t -> !t.subject().equals(template.node()) || !t.predicate().equals(Owl.SAME_AS))
        .forEach(
            t ->
                graph.add(
                    t.subject().equals(template.node()) ? name : t.subject(),
                    t.predicate(),
                    t.object().equals(template.node()) ? name : t.object()));
    return Entity.at(graph.build(), name);
  }

  private Entity apply(Assignment assignment, Entity entity) {
    PropertyKey property = assignment.property();
    List<ValueObject> there = there(assignment, entity);
    if (there.size() > 1) {
      throw unfit(entity, property, "has %d values there, one can be written", there.size());
    }
    if (there.isEmpty()) {
      return add(assignment, entity);
    }
    ValueObject before = there.get(0);
    checkOrder(assignment, before, entity);
    Term value = converted(assignment.value(), before);
    checkLimits(entity, property, before, value);
    Graph.Builder graph = Graph.builder();
    entity
        .graph()
        .triples()
        .filter(t -> !t.subject().equals(before.node()) || !isWritten(t.predicate()))
        .forEach(graph::add);
    if (!value.equals(Rdf.NIL)) {
      graph.add(before.node(), Rdf.VALUE, value);
      graph.add(before.node(), SmartApi.INSTANT, Literal.of(instant(assignment)));
    }
    return Entity.at(graph.build(), entity.node());
  }

  /** Of two Writes that of the later moment is in force, whichever comes first (section 9). */
  private void checkOrder(Assignment assignment, ValueObject before, Entity entity) {
    Instant moment = instant(assignment);
    Optional<Instant> later = before.instant().filter(moment::isBefore);
    if (later.isPresent())
      throw new SmartApiException(
          ErrorType.CONFLICT_ERROR,
          "%s of %s has a value of %s, which a Write of %s doesn't replace."
              .formatted(assignment.property(), entity.node(), later.get(), moment),
          entity.node());
  }

  private static boolean isWritten(Iri property) {
    return property.equals(Rdf.VALUE) || property.equals(SmartApi.INSTANT);
  }

  private List<ValueObject> there(Assignment assignment, Entity entity) {
    Selectors selectors = matching.selectors();
    List<ValueObject> there = new ArrayList<>();
    for (Term term : assignment.property().values(entity.graph(), entity.node())) {
      if (term instanceof Resource node
          && selectors.isOfKind(entity.graph(), node, assignment.property(), assignment.value())) {
        there.add(ValueObject.at(entity.graph(), node));
      }
    }
    return there;
  }

  /**
   * A property that the Entity doesn't have yet; among {@code smartapi:valueObject}s none is added.
   */
  private Entity add(Assignment assignment, Entity entity) {
    PropertyKey property = assignment.property();
    if (property.equals(PropertyKey.of(SmartApi.VALUE_OBJECT))) {
      throw unfit(
          entity,
          property,
          "has no value of the quantity kind %s there",
          assignment.value().quantityKind().map(Iri::toString).orElse("that isn't given"));
    }
    if (assignment.value().value().map(Variant::term).filter(Rdf.NIL::equals).isPresent()) {
      return entity;
    }
    Graph.Builder graph = Graph.builder().addAll(entity.graph());
    Resource node = assignment.value().iri().<Resource>map(iri -> iri).orElseGet(Blank::new);
    property.add(graph, entity.node(), node);
    assignment
        .value()
        .graph()
        .triplesOf(assignment.value().node())
        .filter(t -> !t.predicate().equals(SmartApi.INSTANT))
        .forEach(t -> graph.add(node, t.predicate(), t.object()));
    graph.add(node, SmartApi.INSTANT, Literal.of(instant(assignment)));
    return Entity.at(graph.build(), entity.node());
  }

  private Instant instant(Assignment assignment) {
    return assignment.value().instant().orElse(madeAt);
  }

  private Term converted(ValueObject assigned, ValueObject before) {
    Term value = assigned.value().orElseThrow().term();
    if (value.equals(Rdf.NIL)) {
      return value;
    }
    Measure from = new Measure(assigned.unit(), assigned.quantityKind());
    Measure to = new Measure(before.unit(), before.quantityKind());
    boolean stated = assigned.unit().isPresent() || assigned.quantityKind().isPresent();
    if (!stated || matching.units().conversion(from, to).isIdentity()) {
      return value;
    }
    Iri datatype =
        before
            .dataType()
            .or(() -> before.value().map(Variant::term).map(Writing::datatype))
            .orElseGet(() -> datatype(value));
    return matching.units().convert(Variant.of(value).asBigDecimal(), from, to, datatype);
  }

  private static Iri datatype(Term term) {
    return term instanceof Literal literal ? literal.datatype() : Rdf.NIL;
  }

  private void checkLimits(Entity entity, PropertyKey property, ValueObject before, Term value) {
    if (value.equals(Rdf.NIL)) {
      return;
    }
    Quantity written = new Quantity(value, before.unit());
    Optional<Variant> lowest = before.minimum();
    Optional<Variant> highest = before.maximum();
    boolean low =
        lowest
            .map(limit -> written.compare(new Quantity(limit.term(), before.unit()), conversions))
            .filter(order -> order == Order.LESS)
            .isPresent();
    boolean high =
        highest
            .map(limit -> written.compare(new Quantity(limit.term(), before.unit()), conversions))
            .filter(order -> order == Order.GREATER)
            .isPresent();
    if (low || high) {
      throw unfit(
          entity,
          property,
          "takes values from %s to %s, not %s",
          lowest.map(Variant::asString).orElse("any"),
          highest.map(Variant::asString).orElse("any"),
          Variant.of(value).asString());
    }
  }

  private static SmartApiException unfit(
      Entity entity, PropertyKey property, String why, Object... parts) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "%s of %s can't be written: it %s."
            .formatted(property, entity.node(), why.formatted(parts)),
        entity.node());
  }
}
