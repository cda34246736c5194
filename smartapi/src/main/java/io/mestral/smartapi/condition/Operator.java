package io.mestral.smartapi.condition;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.value.Order;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;

/** The operators of Conditions. */
public enum Operator {
  /** All operands hold. */
  AND(SmartApi.AND, 1, Integer.MAX_VALUE),
  /** At least one operand holds. */
  OR(SmartApi.OR, 1, Integer.MAX_VALUE),
  /** Exactly one of two or more operands holds. */
  XOR(SmartApi.XOR, 2, Integer.MAX_VALUE),
  /** No operand holds. */
  NOT(SmartApi.NOT, 1, Integer.MAX_VALUE),
  /** At least one regular expression is found in the lexical value. */
  REGEX(SmartApi.REGEX, 1, Integer.MAX_VALUE),
  /** The value is equal to one operand. */
  EQUAL(Sx.EQUAL, 1, Integer.MAX_VALUE),
  /** The value is equal to none of the operands. */
  NOT_EQUAL(Sx.NOT_EQUAL, 1, Integer.MAX_VALUE),
  /** The value is smaller than the operand. */
  LESS(Sx.LESS, 1, 1),
  /** The value is smaller than the operand, or equal. */
  LESS_OR_EQUAL(Sx.LESS_OR_EQUAL, 1, 1),
  /** The value is greater than the operand. */
  GREATER(Sx.GREATER, 1, 1),
  /** The value is greater than the operand, or equal. */
  GREATER_OR_EQUAL(Sx.GREATER_OR_EQUAL, 1, 1),
  /** The property has a value, or has none. */
  PRESENT(Sx.PRESENT, 1, 1);

  private final Iri property;
  private final int fewest;
  private final int most;

  Operator(Iri property, int fewest, int most) {
    this.property = property;
    this.fewest = fewest;
    this.most = most;
  }

  /**
   * The property that holds the operands.
   *
   * @return its IRI
   */
  public Iri property() {
    return property;
  }

  /** How many operands there have to be at least. */
  int fewest() {
    return fewest;
  }

  /** How many operands there may be at most. */
  int most() {
    return most;
  }

  boolean isJunction() {
    return this == AND || this == OR || this == XOR || this == NOT;
  }

  /** What it says of a value that stands so to the operand; for comparisons alone. */
  Truth of(Order order) {
    boolean equal = order == Order.EQUAL;
    boolean ordered = equal || order == Order.LESS || order == Order.GREATER;
    if (order == Order.INCOMPARABLE || !ordered && this != EQUAL && this != NOT_EQUAL) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        switch (this) {
          case EQUAL -> equal;
          case NOT_EQUAL -> !equal;
          case LESS -> order == Order.LESS;
          case LESS_OR_EQUAL -> order != Order.GREATER;
          case GREATER -> order == Order.GREATER;
          case GREATER_OR_EQUAL -> order != Order.LESS;
          default -> throw new IllegalStateException(this + " compares nothing");
        });
  }
}
