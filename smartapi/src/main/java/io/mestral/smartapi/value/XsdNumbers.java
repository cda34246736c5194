package io.mestral.smartapi.value;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Numbers as XML Schema 1.1 part 2 writes them. */
final class XsdNumbers {
  /** Longer whole and decimal numbers aren't read: their conversion takes time by the square. */
  static final int MOST_DIGITS = 1_000;

  private static final BigInteger NONE = null;

  /** Whole numbers: smallest and greatest value of each datatype, null for no bound. */
  private static final Map<Iri, BigInteger[]> WHOLE =
      Map.ofEntries(
          bounds(Xsd.INTEGER, NONE, NONE),
          bounds(Xsd.LONG, Long.toString(Long.MIN_VALUE), Long.toString(Long.MAX_VALUE)),
          bounds(Xsd.INT, "-2147483648", "2147483647"),
          bounds(Xsd.SHORT, "-32768", "32767"),
          bounds(Xsd.BYTE, "-128", "127"),
          bounds(Xsd.UNSIGNED_LONG, "0", "18446744073709551615"),
          bounds(Xsd.UNSIGNED_INT, "0", "4294967295"),
          bounds(Xsd.UNSIGNED_SHORT, "0", "65535"),
          bounds(Xsd.UNSIGNED_BYTE, "0", "255"),
          bounds(Xsd.NON_NEGATIVE_INTEGER, BigInteger.ZERO, NONE),
          bounds(Xsd.POSITIVE_INTEGER, BigInteger.ONE, NONE),
          bounds(Xsd.NON_POSITIVE_INTEGER, NONE, BigInteger.ZERO),
          bounds(Xsd.NEGATIVE_INTEGER, NONE, BigInteger.ONE.negate()));

  private XsdNumbers() {}

  private static Map.Entry<Iri, BigInteger[]> bounds(Iri type, String least, String most) {
    return bounds(type, new BigInteger(least), new BigInteger(most));
  }

  private static Map.Entry<Iri, BigInteger[]> bounds(Iri type, BigInteger least, BigInteger most) {
    return Map.entry(type, new BigInteger[] {least, most});
  }

  static boolean isNumeric(Iri datatype) {
    return isFloating(datatype) || datatype.equals(Xsd.DECIMAL) || isWhole(datatype);
  }

  static boolean isFloating(Iri datatype) {
    return datatype.equals(Xsd.DOUBLE) || datatype.equals(Xsd.FLOAT);
  }

  static boolean isWhole(Iri datatype) {
    return WHOLE.containsKey(datatype);
  }

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

  /** The value of a literal of a whole-number datatype, or nothing when it isn't of that type. */
  static Optional<BigDecimal> whole(Literal literal) {
    BigInteger[] bounds = WHOLE.get(literal.datatype());
    if (literal.lexical().indexOf('.') >= 0) {
      return Optional.empty();
    }
    return decimal(literal.lexical())
        .filter(value -> bounds[0] == null || new BigDecimal(bounds[0]).compareTo(value) <= 0)
        .filter(value -> bounds[1] == null || new BigDecimal(bounds[1]).compareTo(value) >= 0);
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
