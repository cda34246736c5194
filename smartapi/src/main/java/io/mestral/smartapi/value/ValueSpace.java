package io.mestral.smartapi.value;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Compares terms by their values and not by how they are written (Smart API, section 3.2, rule M4,
 * and section 5.3). Numbers are compared across datatypes and exactly, so that the double 0.1,
 * which is a little more, isn't the decimal 0.1; moments as instants, those without a zone being in
 * UTC; text by code point, text in a language also by its tag. Lengths of time have an order when
 * neither has years or months. A literal that isn't a value of its datatype equals itself alone.
 */
public final class ValueSpace {
  private static final Iri DATE_TIME_STAMP = new Iri(Xsd.NAMESPACE + "dateTimeStamp");

  /** The kinds of literal; values of different kinds aren't comparable. */
  private enum Kind {
    NUMBER,
    TEXT,
    LANGUAGE_TEXT,
    BOOLEAN,
    MOMENT,
    DAY,
    TIME,
    LENGTH,
    BYTES,
    HEX_BYTES,
    OTHER
  }

  private static final Map<Iri, Kind> KINDS =
      Map.ofEntries(
          Map.entry(Xsd.STRING, Kind.TEXT),
          Map.entry(Rdf.LANG_STRING, Kind.LANGUAGE_TEXT),
          Map.entry(Xsd.BOOLEAN, Kind.BOOLEAN),
          Map.entry(Xsd.DATE_TIME, Kind.MOMENT),
          Map.entry(DATE_TIME_STAMP, Kind.MOMENT),
          Map.entry(Xsd.DATE, Kind.DAY),
          Map.entry(Xsd.TIME, Kind.TIME),
          Map.entry(Xsd.DURATION, Kind.LENGTH),
          Map.entry(Xsd.DAY_TIME_DURATION, Kind.LENGTH),
          Map.entry(Xsd.YEAR_MONTH_DURATION, Kind.LENGTH),
          Map.entry(Xsd.BASE64_BINARY, Kind.BYTES),
          Map.entry(Xsd.HEX_BINARY, Kind.HEX_BYTES));

  private ValueSpace() {}

  /**
   * Says whether two terms are the same value.
   *
   * @param one any term
   * @param other any term
   * @return whether they are; false for what can't be compared
   */
  public static boolean equal(Term one, Term other) {
    return compare(one, other) == Order.EQUAL;
  }

  /**
   * Compares two terms.
   *
   * @param one any term
   * @param other any term
   * @return how the first stands to the second
   */
  public static Order compare(Term one, Term other) {
    if (!(one instanceof Literal first) || !(other instanceof Literal second)) {
      return one.equals(other)
          ? Order.EQUAL
          : one instanceof Iri && other instanceof Iri ? Order.UNEQUAL : Order.INCOMPARABLE;
    }
    Kind kind = kindOf(first.datatype());
    if (kind != kindOf(second.datatype())) {
      return Order.INCOMPARABLE;
    }
    Order order = compare(kind, first, second);
    return order == Order.INCOMPARABLE && first.equals(second) ? Order.EQUAL : order;
  }

  private static Order compare(Kind kind, Literal one, Literal other) {
    switch (kind) {
      case NUMBER:
        return compareNumbers(one, other);
      case TEXT:
        return Order.of(compareCodePoints(one.lexical(), other.lexical()));
      case LANGUAGE_TEXT:
        return one.language().equalsIgnoreCase(other.language())
            ? Order.of(compareCodePoints(one.lexical(), other.lexical()))
            : Order.UNEQUAL;
      case LENGTH:
        return XsdTimes.duration(one.lexical())
            .flatMap(a -> XsdTimes.duration(other.lexical()).map(b -> compareLengths(a, b)))
            .orElse(Order.INCOMPARABLE);
      case MOMENT, DAY, TIME:
        return instant(kind, one)
            .flatMap(a -> instant(kind, other).map(b -> Order.of(a.compareTo(b))))
            .orElse(Order.INCOMPARABLE);
      case BOOLEAN, BYTES, HEX_BYTES:
        return unordered(kind, one)
            .flatMap(a -> unordered(kind, other).map(a::equals))
            .map(same -> same ? Order.EQUAL : Order.UNEQUAL)
            .orElse(Order.INCOMPARABLE);
      default:
        return Order.INCOMPARABLE;
    }
  }

  /**
   * A value that is equal, and has the same hash, exactly for terms that are the same value. What
   * is equal to nothing, as NaN, gets itself as a term.
   */
  static Object key(Term term) {
    if (!(term instanceof Literal literal)) {
      return term;
    }
    Kind kind = kindOf(literal.datatype());
    Optional<?> value;
    switch (kind) {
      case NUMBER:
        value = exact(literal).map(BigDecimal::stripTrailingZeros);
        if (value.isEmpty()) {
          value = floating(literal).filter(number -> !Double.isNaN(number));
        }
        break;
      case LENGTH:
        value =
            XsdTimes.duration(literal.lexical())
                .map(l -> new XsdTimes.Length(l.months(), l.seconds().stripTrailingZeros()));
        break;
      case MOMENT, DAY, TIME:
        value = instant(kind, literal);
        break;
      case BOOLEAN, BYTES, HEX_BYTES:
        value = unordered(kind, literal);
        break;
      default:
        value = Optional.empty();
    }
    return value.<Object>map(known -> Map.entry(kind, known)).orElse(literal);
  }

  private static Kind kindOf(Iri datatype) {
    Kind kind = KINDS.get(datatype);
    return kind != null ? kind : NumericType.isNumeric(datatype) ? Kind.NUMBER : Kind.OTHER;
  }

  private static Order compareNumbers(Literal one, Literal other) {
    if (isFloating(one) && isFloating(other)) {
      return floating(one)
          .flatMap(a -> floating(other).map(b -> compareDoubles(a, b)))
          .orElse(Order.INCOMPARABLE);
    }
    Optional<BigDecimal> a = exact(one);
    Optional<BigDecimal> b = exact(other);
    if (a.isPresent() && b.isPresent()) {
      return Order.of(a.get().compareTo(b.get()));
    }
    // what is left of well-formed numbers: an infinity, or no number, beside a finite one
    if (a.isPresent() && isFloating(other)) {
      return floating(other).map(far -> compareDoubles(0, far)).orElse(Order.INCOMPARABLE);
    }
    if (b.isPresent() && isFloating(one)) {
      return floating(one).map(far -> compareDoubles(far, 0)).orElse(Order.INCOMPARABLE);
    }
    return Order.INCOMPARABLE;
  }

  private static Order compareDoubles(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Order.UNEQUAL;
    }
    return one == other ? Order.EQUAL : one < other ? Order.LESS : Order.GREATER;
  }

  private static boolean isFloating(Literal number) {
    return NumericType.isFloating(number.datatype());
  }

  /**
   * The value of a floating point literal, or nothing when it isn't well formed or of that type.
   */
  static Optional<Double> floating(Literal number) {
    return isFloating(number)
        ? XsdNumbers.floating(number.lexical(), number.datatype().equals(Xsd.FLOAT))
        : Optional.empty();
  }

  /** The exact value of a finite number of any datatype. */
  static Optional<BigDecimal> exact(Literal number) {
    if (isFloating(number)) {
      return floating(number).filter(Double::isFinite).map(BigDecimal::new);
    }
    if (NumericType.isWhole(number.datatype())) {
      return XsdNumbers.whole(number);
    }
    return number.datatype().equals(Xsd.DECIMAL)
        ? XsdNumbers.decimal(number.lexical())
        : Optional.empty();
  }

  private static Order compareLengths(XsdTimes.Length one, XsdTimes.Length other) {
    int seconds = one.seconds().compareTo(other.seconds());
    if (one.months() == 0 && other.months() == 0) {
      return Order.of(seconds);
    }
    return one.months() == other.months() && seconds == 0 ? Order.EQUAL : Order.UNEQUAL;
  }

  private static Optional<Instant> instant(Kind kind, Literal literal) {
    Optional<XsdTimes.Moment> moment =
        kind == Kind.MOMENT
            ? XsdTimes.dateTime(literal.lexical())
            : kind == Kind.DAY
                ? XsdTimes.date(literal.lexical())
                : XsdTimes.time(literal.lexical());
    return moment.map(XsdTimes.Moment::instant);
  }

  /** A truth value as itself; bytes as their digits in one form. */
  private static Optional<?> unordered(Kind kind, Literal literal) {
    return kind == Kind.BOOLEAN
        ? XsdBytes.truth(literal.lexical())
        : kind == Kind.BYTES
            ? XsdBytes.base64(literal.lexical()).map(XsdBytes::hexadecimal)
            : XsdBytes.hexadecimal(literal.lexical()).map(XsdBytes::hexadecimal);
  }

  /** Compares UTF-16 text as if it were code points: surrogates come after all other characters. */
  private static int compareCodePoints(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int at = 0; at < length; at++) {
      char a = one.charAt(at);
      char b = other.charAt(at);
      if (a != b) {
        boolean high = Character.isSurrogate(a);
        return high == Character.isSurrogate(b) ? Character.compare(a, b) : high ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
