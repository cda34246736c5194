package io.mestral.smartapi.unit;

import java.math.BigDecimal;

/** How values in a unit are related to values in SI units. */
public sealed interface Scale {

  /**
   * A value in the unit is {@code (value + offset) × numerator / denominator} in SI units.
   *
   * @param dimension what the unit measures
   * @param numerator above zero
   * @param denominator above zero
   * @param offset in the unit itself, 273.15 for the degree Celsius; zero for nearly all
   */
  record Linear(
      Dimension dimension, BigDecimal numerator, BigDecimal denominator, BigDecimal offset)
      implements Scale {

    /**
     * Checks that the numbers make a scale that can be gone up and down.
     *
     * @throws IllegalArgumentException if numerator or denominator isn't above zero
     */
    public Linear {
      if (numerator.signum() <= 0 || denominator.signum() <= 0) {
        throw new IllegalArgumentException(
            "a unit is more than zero: " + numerator + "/" + denominator);
      }
    }
  }

  /**
   * Values in this unit are never converted: it is a currency, logarithmic, or nobody says how
   * large it is.
   *
   * @param reason why, in a few words
   */
  record None(String reason) implements Scale {}
}
