package io.mestral.smartapi.unit;

import java.math.MathContext;
import java.math.RoundingMode;

/** Rounds to 12 significant digits, a tie to the even digit. */
final class Rounding {
  static final int DIGITS = 12;
  static final MathContext CONTEXT = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

  /** Powers of ten up to the greatest that a double holds exactly. */
  private static final double[] POWERS = new double[23];

  /** Spacing of doubles relative to their size, half of it what one operation can be off. */
  private static final double SPACING = 0x1p-52;

  static {
    for (int k = 0; k < POWERS.length; k++) {
      POWERS[k] = Double.parseDouble("1E" + k);
    }
  }

  private Rounding() {}

  /**
   * Rounds in floating point only. The number is brought between 10^11 and 10^12, where the digits
   * to keep are the whole part; whole part and power of ten are exact doubles, so their quotient is
   * the double nearest to the rounded decimal.
   *
   * @param number what to round
   * @param error how far the true number may be from it, either way
   * @return the nearest double to the rounded true number, or NaN when doubles can't tell which
   *     that is: too near a tie, too large or too small
   */
  static double fast(double number, double error) {
    double size = Math.abs(number);
    if (!(size > 1e-10 && size < 1e32)) {
      return Double.NaN;
    }
    int shift = DIGITS - 1 - (int) Math.floor(Math.log10(size));
    double shifted = shift(size, shift);
    if (shifted >= 1e12) {
      shifted = shift(size, --shift);
    } else if (shifted < 1e11) {
      shifted = shift(size, ++shift);
    }
    double whole = Math.rint(shifted);
    double doubt = shift(error, shift) + shifted * SPACING;
    if (!(Math.abs(shifted - whole) + doubt < 0.5)) {
      return Double.NaN;
    }
    return Math.copySign(shift(whole, -shift), number);
  }

  private static double shift(double number, int places) {
    return places >= 0 ? number * POWERS[places] : number / POWERS[-places];
  }
}
