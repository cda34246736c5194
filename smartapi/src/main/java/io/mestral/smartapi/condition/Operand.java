package io.mestral.smartapi.condition;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import java.util.Optional;

/** What an operator works on: another Condition, a literal, an IRI or a ValueObject. */
public sealed interface Operand permits Condition, Operand.Fixed, Operand.Measured {
  /**
   * A literal or an IRI, compared by value.
   *
   * @param term the literal or IRI
   */
  record Fixed(Term term) implements Operand {}

  /**
   * A ValueObject, compared after conversion into the unit of the tested value.
   *
   * @param quantity its value and unit
   */
  record Measured(Quantity quantity) implements Operand {}

  /**
   * A literal or an IRI.
   *
   * @param term the literal or IRI
   * @return the operand
   */
  static Operand of(Term term) {
    return new Fixed(term);
  }

  /**
   * A text.
   *
   * @param text the text
   * @return the operand
   */
  static Operand of(String text) {
    return new Fixed(Literal.of(text));
  }

  /**
   * A number without a unit.
   *
   * @param number the number
   * @return the operand
   */
  static Operand of(double number) {
    return new Fixed(Literal.of(number));
  }

  /**
   * A number with a unit.
   *
   * @param quantity number and unit
   * @return the operand
   */
  static Operand of(Quantity quantity) {
    return new Measured(quantity);
  }

  /** The value that is compared; nothing of a Condition. */
  private Optional<Term> value() {
    if (this instanceof Fixed fixed) {
      return Optional.of(fixed.term);
    }
    return this instanceof Measured measured
        ? Optional.of(measured.quantity.value())
        : Optional.empty();
  }

  /** Whether it can be compared with: not a Condition, not a node without a name. */
  default boolean isValue() {
    return value().filter(term -> !(term instanceof Blank)).isPresent();
  }
}
