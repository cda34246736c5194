package io.mestral.smartapi.value;

/** How one value stands to another. */
public enum Order {
  /** The first value is the smaller one. */
  LESS,
  /** Both are the same value. */
  EQUAL,
  /** The first value is the greater one. */
  GREATER,
  /** They are different values of a kind that has no order, such as truth values and IRIs. */
  UNEQUAL,
  /** They are of kinds that can't be compared, or one of them isn't a value of its datatype. */
  INCOMPARABLE;

  /**
   * Translates what comparators return.
   *
   * @param sign negative, zero or positive
   * @return smaller, equal or greater
   */
  public static Order of(int sign) {
    return sign < 0 ? LESS : sign > 0 ? GREATER : EQUAL;
  }
}
