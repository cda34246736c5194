package io.mestral.smartapi.unit;

import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes converted numbers in the numeric datatypes of XML Schema. */
final class NumericDatatype {
  /** Digits before or after the point that a number without exponent may have. */
  private static final int LONGEST = 400;

  private NumericDatatype() {}

  static Literal write(BigDecimal rounded, BigDecimal unrounded, Iri datatype, String route) {
    if (datatype.equals(Xsd.DOUBLE)) {
      double number = rounded.doubleValue();
      if (Double.isInfinite(number)) {
        throw tooLarge(route, "xsd:double");
      }
      return Literal.of(number);
    }
    if (datatype.equals(Xsd.FLOAT)) {
      float number = rounded.floatValue();
      if (Float.isInfinite(number)) {
        throw tooLarge(route, "xsd:float");
      }
      double shortest = Double.parseDouble(FloatToDecimal.toString(number));
      return Literal.of(Literal.of(shortest).lexical(), Xsd.FLOAT);
    }
    if (datatype.equals(Xsd.DECIMAL)) {
      requireWritable(rounded, datatype, route);
      return Literal.of(plain(rounded));
    }
    if (!NumericType.isWhole(datatype)) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "a value converted "
              + route
              + " is a number and can't be written as "
              + datatype
              + "; allowed are xsd:double, xsd:float, xsd:decimal, xsd:integer and its kinds");
    }
    BigInteger whole = whole(rounded, unrounded, datatype, route);
    NumericType type = NumericType.of(datatype).orElseThrow();
    if (!type.holds(whole)) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "the value converted "
              + route
              + " is "
              + whole
              + ", which "
              + name(datatype)
              + " can't hold; allowed are "
              + range(type)
              + ", or another datatype");
    }
    return Literal.of(whole.toString(), datatype);
  }

  private static String range(NumericType type) {
    return "whole numbers"
        + type.least().map(bound -> " from " + bound).orElse("")
        + type.greatest().map(bound -> " up to " + bound).orElse("");
  }

  static SmartApiException tooLarge(String route, String datatype) {
    return new SmartApiException(
        ErrorType.UNIT_ERROR,
        "the value converted "
            + route
            + " is larger than "
            + datatype
            + " can hold; ask for it in another unit");
  }

  /**
   * The result as it is when it is whole; else what it is after rounding, but only below 10^12:
   * further up every rounded number looks whole.
   */
  private static BigInteger whole(
      BigDecimal rounded, BigDecimal unrounded, Iri datatype, String route) {
    requireWritable(unrounded, datatype, route);
    if (unrounded.stripTrailingZeros().scale() <= 0) {
      return unrounded.toBigIntegerExact();
    }
    boolean below = rounded.precision() - rounded.scale() <= Rounding.DIGITS;
    if (below && rounded.stripTrailingZeros().scale() <= 0) {
      return rounded.toBigIntegerExact();
    }
    throw new SmartApiException(
        ErrorType.UNIT_ERROR,
        "the value converted "
            + route
            + " is "
            + plain(rounded).toPlainString()
            + ", which isn't a whole number as "
            + name(datatype)
            + " needs; allowed are xsd:double, xsd:float and xsd:decimal");
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  private static void requireWritable(BigDecimal number, Iri datatype, String route) {
    long before = (long) number.precision() - number.scale();
    if (number.signum() != 0 && (before > LONGEST || number.scale() > LONGEST)) {
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "the value converted "
              + route
              + " has over "
              + LONGEST
              + " digits before or after the point, too many for "
              + name(datatype)
              + "; ask for it as xsd:double or in another unit");
    }
  }

  private static String name(Iri datatype) {
    return datatype.value().replace(Xsd.NAMESPACE, "xsd:");
  }
}
