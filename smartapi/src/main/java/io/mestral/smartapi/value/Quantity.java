package io.mestral.smartapi.value;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Qudt;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;

/**
 * A value with the unit it is in: what of a ValueObject is compared.
 *
 * @param value the value, mostly a number
 * @param unit its unit; nothing when none is said, which means the unit of whatever it is compared
 *     with
 */
public record Quantity(Term value, Optional<Iri> unit) {
  /** How far two doubles may be apart, by the greater one, and still be equal (rule M8). */
  private static final BigDecimal TOLERANCE = new BigDecimal("1e-9");

  /**
   * Reads the value and unit of a ValueObject.
   *
   * @param graph where it is described
   * @param node the ValueObject
   * @return value and unit, or nothing when it has no {@code rdf:value}
   * @throws SmartApiException of type InvalidParams if it has several values or units
   */
  public static Optional<Quantity> read(Graph graph, Resource node) {
    Collection<Term> values = graph.objects(node, Rdf.VALUE);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Collection<Term> units = graph.objects(node, Qudt.UNIT);
    if (values.size() > 1 || units.size() > 1) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A ValueObject has %d values and %d units; one value and at most one unit are allowed."
              .formatted(values.size(), units.size()),
          node);
    }
    Optional<Iri> unit = units.stream().findFirst().map(term -> Variant.of(term).asIri());
    return Optional.of(new Quantity(values.iterator().next(), unit));
  }

  /**
   * Compares two values, the other one after conversion into this one's unit. Doubles, and whatever
   * was converted, are equal when they differ by at most 1e-9 of the greater; everything else is
   * compared exactly ({@link ValueSpace#compare}).
   *
   * @param other the value to compare with
   * @param units converts between units
   * @return how this value stands to the other; incomparable when there is no conversion
   */
  public Order compare(Quantity other, UnitConversion units) {
    boolean convert = unit.isPresent() && other.unit.isPresent() && !unit.equals(other.unit);
    Optional<BigDecimal> mine = number(value);
    Optional<BigDecimal> theirs = number(other.value);
    if (!convert && !(isFloating(value) || isFloating(other.value))
        || !convert && (mine.isEmpty() || theirs.isEmpty())) {
      return ValueSpace.compare(value, other.value);
    }
    return mine.flatMap(
            number ->
                theirs
                    .flatMap(
                        from ->
                            convert
                                ? units.convert(from, other.unit.get(), unit.get())
                                : Optional.of(from))
                    .map(to -> compareNearly(number, to)))
        .orElse(Order.INCOMPARABLE);
  }

  private static Order compareNearly(BigDecimal one, BigDecimal other) {
    BigDecimal apart = one.subtract(other).abs();
    BigDecimal allowed = one.abs().max(other.abs()).multiply(TOLERANCE);
    return apart.compareTo(allowed) <= 0 ? Order.EQUAL : Order.of(one.compareTo(other));
  }

  private static Optional<BigDecimal> number(Term term) {
    return term instanceof Literal literal && NumericType.isNumeric(literal.datatype())
        ? Reading.decimal(term)
        : Optional.empty();
  }

  private static boolean isFloating(Term term) {
    return term instanceof Literal literal && NumericType.isFloating(literal.datatype());
  }
}
