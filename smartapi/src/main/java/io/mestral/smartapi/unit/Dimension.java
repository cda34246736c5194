package io.mestral.smartapi.unit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a unit measures, as exponents of the base quantities of the SI. Ratios, angles and counts
 * have all exponents zero.
 *
 * @param vector QUDT's way to write it without the last part, such as {@code A0E0L1I0M0H0T-1}
 */
public record Dimension(String vector) {
  private static final String[] BASES = {
    "amount of substance", "current", "length", "luminous intensity", "mass", "temperature", "time"
  };
  private static final Pattern VECTOR =
      Pattern.compile("A(-?\\d+)E(-?\\d+)L(-?\\d+)I(-?\\d+)M(-?\\d+)H(-?\\d+)T(-?\\d+)");

  /**
   * Checks the vector.
   *
   * @throws IllegalArgumentException if it isn't written as QUDT does
   */
  public Dimension {
    if (!VECTOR.matcher(vector).matches()) {
      throw new IllegalArgumentException("a dimension looks like A0E0L1I0M0H0T-1, not " + vector);
    }
  }

  /** The dimension in words, such as {@code length time^-1}; {@code ratio} when there is none. */
  @Override
  public String toString() {
    Matcher exponents = VECTOR.matcher(vector);
    StringBuilder words = new StringBuilder();
    if (exponents.matches()) {
      for (int i = 0; i < BASES.length; i++) {
        String exponent = exponents.group(i + 1);
        if (!exponent.equals("0")) {
          words.append(words.isEmpty() ? "" : " ").append(BASES[i]);
          words.append(exponent.equals("1") ? "" : "^" + exponent);
        }
      }
    }
    return words.isEmpty() ? "ratio" : words.toString();
  }
}
