package io.mestral.smartapi.syntax.json;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Numbers of JSON as terms of RDF (JSON-LD 1.1 API, section 8.6, "Data Round Tripping") and in
 * canonical JSON (RFC 8785, section 3.2.2.3).
 */
public final class JsonNumbers {
  /** What {@code %1.15E} keeps: one digit before the point and 15 after it. */
  private static final MathContext DIGITS = new MathContext(16, RoundingMode.HALF_EVEN);

  private static final BigDecimal SMALLEST_DOUBLE = BigDecimal.ONE.movePointRight(21);
  private static final BigDecimal LARGEST_SAFE = BigDecimal.valueOf((1L << 53) - 1);
  private static final String FORM = "0123456789.E-";
  private static final int EXACT_DIGITS = 15;
  private static final int LARGEST_EXPONENT = 400;

  private JsonNumbers() {}

  /**
   * Says whether a double can hold a number, if only as zero.
   *
   * @param number a number of JSON
   * @return false for what is infinite as a double or has an exponent beyond 400
   */
  public static boolean isInRange(String number) {
    int e = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (e < 0) {
      return number.length() < 300 || Double.isFinite(Double.parseDouble(number));
    }
    int digits = e + 1;
    if (number.charAt(digits) == '-' || number.charAt(digits) == '+') {
      digits++;
    }
    return number.length() - digits <= 4
        && Integer.parseInt(number, digits, number.length(), 10) <= LARGEST_EXPONENT
        && Double.isFinite(Double.parseDouble(number));
  }

  /**
   * The term of a number that stands without a datatype.
   *
   * @param number a number of JSON, in range
   * @return an {@code xsd:integer} when it has no fraction and is below 10^21, else an {@code
   *     xsd:double}
   */
  public static Literal literal(String number) {
    return isDouble(number)
        ? Literal.of(toDouble(number), Xsd.DOUBLE)
        : Literal.of(toInteger(number), Xsd.INTEGER);
  }

  /**
   * The term of a number with a datatype.
   *
   * @param number a number of JSON, in range
   * @param datatype any datatype
   * @return the number as an integer or in the form of a double, whatever the datatype says
   */
  public static Literal literal(String number, Iri datatype) {
    boolean isDouble =
        datatype.equals(Xsd.DOUBLE) || datatype.equals(Xsd.FLOAT) || isDouble(number);
    return Literal.of(isDouble ? toDouble(number) : toInteger(number), datatype);
  }

  /**
   * The number of JSON that a literal is, if there is one that becomes this very literal.
   *
   * @param literal an {@code xsd:integer} or {@code xsd:double}
   * @return a number of JSON; nothing for forms that aren't canonical, for doubles without fraction
   *     or of more than 16 digits, and for integers beyond ±(2^53 − 1), which not all JSON tools
   *     keep
   */
  public static Optional<String> of(Literal literal) {
    String lexical = literal.lexical();
    boolean plain = lexical.length() <= 24 && lexical.chars().allMatch(c -> FORM.indexOf(c) >= 0);
    if (!plain || lexical.isEmpty()) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(lexical);
      boolean handy = Math.abs(value.precision() - value.scale()) < 18;
      String number = handy ? value.toPlainString() : lexical;
      boolean same =
          value.abs().compareTo(LARGEST_SAFE) <= 0 || literal.datatype().equals(Xsd.DOUBLE);
      return same && isInRange(number) && literal(number).equals(literal)
          ? Optional.of(number)
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // a literal may say anything
    }
  }

  private static boolean isDouble(String number) {
    if (!isWhole(number) && Double.parseDouble(number) % 1 != 0) {
      return true;
    }
    return (number.length() > 18 || !isWhole(number))
        && new BigDecimal(number).compareTo(SMALLEST_DOUBLE) >= 0;
  }

  private static boolean isWhole(String number) {
    for (int at = 0; at < number.length(); at++) {
      char c = number.charAt(at);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  private static String toInteger(String number) {
    if (isWhole(number)) {
      return number.equals("-0") ? "0" : number;
    }
    return new BigDecimal(number).toBigInteger().toString();
  }

  private static String toDouble(String number) {
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    if (rounded.signum() == 0) {
      return "0.0E0";
    }
    String digits = rounded.unscaledValue().abs().toString();
    StringBuilder canonical = new StringBuilder(26);
    if (rounded.signum() < 0) {
      canonical.append('-');
    }
    canonical.append(digits.charAt(0)).append('.');
    if (digits.length() == 1) {
      canonical.append('0');
    } else {
      canonical.append(digits, 1, digits.length());
    }
    return canonical.append('E').append(digits.length() - 1 - rounded.scale()).toString();
  }

  /**
   * A number as canonical JSON has it.
   *
   * @param number a number of JSON, in range
   * @return the shortest form of the double nearest to it, as ECMAScript writes it
   */
  public static String canonical(String number) {
    return isCanonicalAsItStands(number)
        ? number
        : new CanonicalText(32, 32).number(Double.parseDouble(number)).toString();
  }

  /** Few digits, no exponent, no zeros to leave out: what sensors send. */
  private static boolean isCanonicalAsItStands(String number) {
    int length = number.length();
    int start = number.charAt(0) == '-' ? 1 : 0;
    if (length - start > EXACT_DIGITS + 1) {
      return false;
    }
    int point = -1;
    for (int at = start; at < length; at++) {
      char c = number.charAt(at);
      if (c == '.') {
        point = at;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    if (point < 0) {
      return length - start <= EXACT_DIGITS && !number.equals("-0");
    }
    return number.charAt(length - 1) != '0' && !number.startsWith("0.000000", start);
  }
}
