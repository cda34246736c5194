package io.mestral.smartapi.condition;

/** Three-valued logic as SQL has it. */
public enum Truth {
  /** It holds. */
  TRUE,
  /** It doesn't hold. */
  FALSE,
  /** A value is missing, or of a kind that can't be compared. */
  UNKNOWN;

  /**
   * Translates a truth value of Java.
   *
   * @param holds whether it holds
   * @return true or false
   */
  public static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  /**
   * Both hold.
   *
   * @param other the other operand
   * @return false when one of them is, else unknown when one of them is
   */
  public Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : TRUE;
  }

  /**
   * At least one holds.
   *
   * @param other the other operand
   * @return true when one of them is, else unknown when one of them is
   */
  public Truth or(Truth other) {
    if (this == TRUE || other == TRUE) {
      return TRUE;
    }
    return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : FALSE;
  }

  /**
   * The opposite.
   *
   * @return unknown when this is
   */
  public Truth not() {
    return this == UNKNOWN ? UNKNOWN : of(this == FALSE);
  }
}
