package io.mestral.smartapi.unit;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The way from one unit to another, for as many values as there are (Smart API, section 6). Doesn't
 * change and may be kept and shared.
 */
public final class Conversion {
  private static final MathContext ARITHMETIC = MathContext.DECIMAL128;

  /** What a product and a sum of doubles, both factors rounded, can be off at most, doubled. */
  private static final double DOUBT = 0x1p-50;

  private final String route;
  private final boolean identity;
  private final BigDecimal numerator;
  private final BigDecimal denominator;
  private final BigDecimal before;
  private final BigDecimal after;
  private final double factor;
  private final double summand;
  private final boolean fast;

  private Conversion(String route, Scale.Linear from, Scale.Linear to, boolean offsets) {
    this.route = route;
    numerator = from.numerator().multiply(to.denominator());
    denominator = from.denominator().multiply(to.numerator());
    before = offsets ? from.offset() : BigDecimal.ZERO;
    after = offsets ? to.offset() : BigDecimal.ZERO;
    identity = numerator.compareTo(denominator) == 0 && before.compareTo(after) == 0;
    factor = numerator.divide(denominator, ARITHMETIC).doubleValue();
    summand = exactly(BigDecimal.ZERO).doubleValue();
    fast = factor > 1e-100 && factor < 1e100;
  }

  private Conversion(String route) {
    this.route = route;
    identity = true;
    numerator = BigDecimal.ONE;
    denominator = BigDecimal.ONE;
    before = BigDecimal.ZERO;
    after = BigDecimal.ZERO;
    factor = 1;
    summand = 0;
    fast = true;
  }

  static Conversion between(String route, Scale.Linear from, Scale.Linear to, boolean offsets) {
    return new Conversion(route, from, to, offsets);
  }

  static Conversion none(String route) {
    return new Conversion(route);
  }

  /**
   * Whether values stay as they are.
   *
   * @return true if both units are the same, are equally large, or none is wanted
   */
  public boolean isIdentity() {
    return identity;
  }

  /**
   * Converts and rounds to 12 significant digits. A value that stays as it is isn't rounded.
   *
   * @param value any number
   * @return the value in the other unit
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if it is too large or too small to
   *     calculate with
   */
  public BigDecimal convert(BigDecimal value) {
    return identity ? value : unrounded(value).round(Rounding.CONTEXT);
  }

  /**
   * Converts with 34 digits and doesn't round to 12, for comparing exactly.
   *
   * @param value any number
   * @return the value in the other unit
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if it is too large or too small to
   *     calculate with
   */
  public BigDecimal unrounded(BigDecimal value) {
    if (identity) {
      return value;
    }
    try {
      return exactly(value);
    } catch (ArithmeticException overflow) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "the value can't be converted "
              + route
              + ": its exponent is beyond those of decimal numbers, allowed are about 10^±2147483000",
          overflow);
    }
  }

  /**
   * Converts and rounds to 12 significant digits, fast: some 20 nanoseconds instead of a
   * microsecond. The result is the same double as the exact way gives.
   *
   * @param value any number; infinities and NaN stay what they are
   * @return the value in the other unit
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if the result is beyond the largest
   *     double
   */
  public double convert(double value) {
    if (identity || Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    if (fast) {
      double scaled = value * factor;
      double rounded =
          Rounding.fast(scaled + summand, (Math.abs(scaled) + Math.abs(summand)) * DOUBT);
      if (!Double.isNaN(rounded)) {
        return rounded;
      }
    }
    double exact = convert(BigDecimal.valueOf(value)).doubleValue();
    if (Double.isInfinite(exact)) {
      throw NumericDatatype.tooLarge(route, "xsd:double");
    }
    return exact;
  }

  /**
   * Converts, rounds to 12 significant digits and writes the result in a datatype. Whole numbers
   * keep all their digits.
   *
   * @param value any number
   * @param datatype one of the numeric datatypes of {@link io.mestral.smartapi.rdf.Xsd}
   * @return the value in the other unit
   * @throws SmartApiException {@link ErrorType#UNIT_ERROR} if the datatype isn't a numeric one, has
   *     no such value, or is one of the whole numbers and the result isn't whole
   */
  public Literal convert(BigDecimal value, Iri datatype) {
    BigDecimal unrounded = unrounded(value);
    BigDecimal rounded = identity ? value : unrounded.round(Rounding.CONTEXT);
    return NumericDatatype.write(rounded, unrounded, datatype, route);
  }

  /** One division at the end, so that every result with up to 34 digits is exact. */
  private BigDecimal exactly(BigDecimal value) {
    BigDecimal above =
        value
            .add(before, ARITHMETIC)
            .multiply(numerator, ARITHMETIC)
            .subtract(after.multiply(denominator, ARITHMETIC), ARITHMETIC);
    return above.divide(denominator, ARITHMETIC);
  }

  /** From which unit into which, as error messages say it. */
  @Override
  public String toString() {
    return route;
  }
}
