package io.mestral.smartapi.value;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as XML Schema 1.1 part 2 writes them. */
final class XsdNumbers {
  /** Longer whole and decimal numbers aren't read: their conversion takes time by the square. */
  static final int MOST_DIGITS = 1_000;

  private XsdNumbers() {}

  /** The value of a floating point literal, which may be infinite or no number. */
  static Optional<Double> floating(String lexical, boolean single) {
    switch (lexical) {
      case "NaN":
        return Optional.of(Double.NaN);
      case "INF":
      case "+INF":
        return Optional.of(Double.POSITIVE_INFINITY);
      case "-INF":
        return Optional.of(Double.NEGATIVE_INFINITY);
      default:
        return consistsOf("+-.eE", lexical) ? parsed(lexical, single) : Optional.empty();
    }
  }

  private static Optional<Double> parsed(String lexical, boolean single) {
    try {
      return Optional.of(
          single
              ? (double) NumberInput.parseFloat(lexical, true)
              : NumberInput.parseDouble(lexical, true));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** The value of a whole or decimal number, or nothing when the text isn't one. */
  static Optional<BigDecimal> decimal(String lexical) {
    if (lexical.length() > MOST_DIGITS || !consistsOf("+-.", lexical)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(lexical));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /**
   * The number that the text of a finite floating point literal says, digit by digit. What is too
   * small for the datatype is zero, so exponents are never beyond those of the datatype.
   */
  static Optional<BigDecimal> written(String lexical, boolean single) {
    if (lexical.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    return floating(lexical, single)
        .filter(value -> Double.isFinite(value))
        .map(value -> value == 0 ? BigDecimal.ZERO : new BigDecimal(lexical));
  }

  /** The value of a literal of a whole-number datatype, or nothing when it isn't of that type. */
  static Optional<BigDecimal> whole(Literal literal) {
    NumericType type = NumericType.of(literal.datatype()).orElseThrow();
    if (literal.lexical().indexOf('.') >= 0) {
      return Optional.empty();
    }
    return decimal(literal.lexical()).filter(value -> type.holds(value.toBigInteger()));
  }

  /** A finite double as the decimal number with the fewest digits that is read back as it. */
  static BigDecimal shortest(double value) {
    return new BigDecimal(DoubleToDecimal.toString(value));
  }

  /** As {@link #shortest(double)}, for a value of 32 bits. */
  static BigDecimal shortest(float value) {
    return new BigDecimal(FloatToDecimal.toString(value));
  }

  private static boolean consistsOf(String signs, String lexical) {
    for (int at = 0; at < lexical.length(); at++) {
      char c = lexical.charAt(at);
      if ((c < '0' || c > '9') && signs.indexOf(c) < 0) {
        return false;
      }
    }
    return !lexical.isEmpty();
  }
}
