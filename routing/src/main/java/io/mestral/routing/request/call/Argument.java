package io.mestral.routing.request.call;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Unit;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Order;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/**
 * An Input that an Activity takes.
 *
 * @param key its name
 * @param form what is said of its value: datatype, quantity kind, unit, minimum and maximum
 */
record Argument(String key, ValueObject form, Units units) {
  /**
   * Ends a call with a value that isn't allowed.
   *
   * @param value a literal, in the unit that is wanted; or a ValueObject or TimeSeries with its own
   * @param graph where that is described
   * @throws SmartApiException of type InvalidParams or UnitError
   */
  void check(Variant value, Graph graph) {
    if (value.term() instanceof Literal literal) {
      check(literal, Measure.NONE);
      return;
    }
    ValueObject given = ValueObject.at(graph, (Resource) value.term());
    Measure measure = new Measure(given.unit(), given.quantityKind());
    Optional<Variant> inside = given.isA(Types.TIME_SERIES) ? Optional.empty() : given.value();
    if (inside.isPresent() && inside.get().term() instanceof Literal literal)
      check(literal, measure);
    else if (given.isA(Types.TIME_SERIES)) checkUnit(measure);
    else checkObject(inside.map(Variant::term).orElse(given.node()), given);
  }

  private void checkObject(Term object, Obj given) {
    boolean isValue = given.isA(Types.VALUE_OBJECT) && object.equals(given.node());
    boolean fits = form.dataType().map(Xsd.ANY_URI::equals).orElse(!isLimited());
    if (isValue || !fits) throw unfit(isValue ? "has no value" : "is " + object);
  }

  private boolean isLimited() {
    return form.unit().isPresent() || form.minimum().isPresent() || form.maximum().isPresent();
  }

  private void check(Literal literal, Measure measure) {
    if (form.dataType().filter(wanted -> !isOf(literal, wanted)).isPresent())
      throw unfit("is " + literal);
    checkUnit(measure);
    Quantity given = new Quantity(literal, measure.unit().or(form::unit));
    form.minimum().ifPresent(least -> check(least, given, Order.GREATER));
    form.maximum().ifPresent(most -> check(most, given, Order.LESS));
  }

  private static boolean isOf(Literal literal, Iri wanted) {
    Iri given = literal.datatype();
    if (NumericType.isNumeric(wanted)) return isNumber(literal, wanted);
    if (wanted.equals(Xsd.BOOLEAN))
      return given.equals(wanted) && Variant.of(literal).javaValue() instanceof Boolean;
    if (wanted.equals(Xsd.STRING)) return given.equals(wanted) || given.equals(Rdf.LANG_STRING);
    return given.equals(wanted);
  }

  /** Of any numeric datatype, when it can be given in the wanted one. */
  private static boolean isNumber(Literal literal, Iri wanted) {
    if (!(Variant.of(literal).javaValue() instanceof Number)) return false;
    if (!NumericType.isWhole(wanted)) return true;
    try {
      Variant.of(literal).asBigInteger();
      return true;
    } catch (SmartApiException fraction) {
      return false;
    }
  }

  private void checkUnit(Measure given) {
    if (given.unit().isEmpty() && given.quantityKind().isEmpty()) return;
    try {
      units.conversion(
          new Measure(given.unit().or(form::unit), given.quantityKind()),
          new Measure(form.unit(), form.quantityKind()));
    } catch (SmartApiException other) {
      throw unfit(ErrorType.UNIT_ERROR, "doesn't fit: " + other.getMessage());
    }
    Optional<Unit> unit = given.unit().flatMap(units::unit);
    boolean isOfKind =
        unit.isEmpty()
            || form.quantityKind().isEmpty()
            || form.unit().isPresent()
            || unit.get().quantityKinds().stream()
                .anyMatch(kind -> units.compatible(kind, form.quantityKind().get()));
    if (!isOfKind) throw unfit(ErrorType.UNIT_ERROR, "is in " + unit.get());
  }

  private void check(Variant limit, Quantity given, Order wrong) {
    Order order =
        new Quantity(limit.term(), form.unit())
            .compare(
                given,
                (number, from, to) ->
                    Optional.of(units.convert(number, Measure.in(from), Measure.in(to))));
    if (order == wrong || order == Order.INCOMPARABLE || order == Order.UNEQUAL)
      throw unfit("is " + given.value() + given.unit().map(unit -> " in " + unit).orElse(""));
  }

  private SmartApiException unfit(String how) {
    return unfit(ErrorType.INVALID_PARAMS, how);
  }

  private SmartApiException unfit(ErrorType type, String how) {
    return new SmartApiException(
        type, "The Input \"%s\" %s. Allowed is %s.".formatted(key, how, this));
  }

  /** As people are told of it: its name, and what its value has to be like. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append('"').append(key).append('"');
    form.dataType().ifPresent(one -> text.append(" of datatype ").append(one));
    form.quantityKind().ifPresent(one -> text.append(" of ").append(one));
    form.unit().ifPresent(one -> text.append(" in ").append(one));
    form.minimum().ifPresent(one -> text.append(" from ").append(one.asString()));
    form.maximum().ifPresent(one -> text.append(" up to ").append(one.asString()));
    return text.toString();
  }
}
