package io.mestral.smartapi.value;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Terms as Java values; nothing when something would be lost. Text is read as what it looks like.
 */
final class Reading {
  private static final Iri DATE_TIME_STAMP = new Iri(Xsd.NAMESPACE + "dateTimeStamp");
  private static final BigDecimal DAY = BigDecimal.valueOf(86_400);
  private static final int SHOWN = 60;

  private Reading() {}

  static SmartApiException unreadable(Term term, String wanted) {
    return Variant.invalid("The value %s can't be read as %s.".formatted(shown(term), wanted));
  }

  /** A term for messages, cut when it is long. */
  static String shown(Term term) {
    if (term instanceof Literal literal && literal.lexical().length() > SHOWN) {
      return "\"" + literal.lexical().substring(0, SHOWN) + "…\" of type " + literal.datatype();
    }
    return term instanceof Blank ? "of a node without a name" : term.toString();
  }

  /** A literal of one of some datatypes, or plain text. */
  static Optional<Literal> literal(Term term, Iri... datatypes) {
    if (!(term instanceof Literal literal)) {
      return Optional.empty();
    }
    boolean wanted = literal.datatype().equals(Xsd.STRING);
    for (Iri datatype : datatypes) {
      wanted |= literal.datatype().equals(datatype);
    }
    return wanted ? Optional.of(literal) : Optional.empty();
  }

  private static Optional<Literal> number(Term term) {
    if (!(term instanceof Literal literal)) {
      return Optional.empty();
    }
    if (!literal.datatype().equals(Xsd.STRING)) {
      return NumericType.isNumeric(literal.datatype()) ? Optional.of(literal) : Optional.empty();
    }
    String text = literal.lexical();
    boolean exact = XsdNumbers.decimal(text).isPresent();
    return Optional.of(Literal.of(text, exact ? Xsd.DECIMAL : Xsd.DOUBLE));
  }

  static Optional<BigInteger> whole(Term term) {
    return decimal(term)
        .filter(number -> number.stripTrailingZeros().scale() <= 0)
        .map(BigDecimal::toBigInteger);
  }

  static Optional<BigDecimal> decimal(Term term) {
    Optional<Literal> number = number(term);
    Optional<Double> floating =
        number.flatMap(ValueSpace::floating).filter(value -> Double.isFinite(value));
    if (floating.isEmpty()) {
      return number.flatMap(ValueSpace::exact);
    }
    boolean single = number.get().datatype().equals(Xsd.FLOAT);
    return floating.map(
        value -> single ? XsdNumbers.shortest(value.floatValue()) : XsdNumbers.shortest(value));
  }

  static Optional<BigDecimal> written(Term term) {
    Optional<Literal> number = number(term);
    return number.filter(literal -> NumericType.isFloating(literal.datatype())).isPresent()
        ? number.flatMap(one -> XsdNumbers.written(one.lexical(), one.datatype().equals(Xsd.FLOAT)))
        : number.flatMap(ValueSpace::exact);
  }

  static Optional<Double> floating(Term term) {
    Optional<Literal> number = number(term);
    Optional<Double> floating = number.flatMap(ValueSpace::floating);
    return floating.isPresent()
        ? floating
        : number.flatMap(ValueSpace::exact).flatMap(Reading::floatingWithoutLoss);
  }

  private static Optional<Double> floatingWithoutLoss(BigDecimal exact) {
    double value = exact.doubleValue();
    boolean same =
        Double.isFinite(value)
            && (XsdNumbers.shortest(value).compareTo(exact) == 0
                || new BigDecimal(value).compareTo(exact) == 0);
    return same ? Optional.of(value) : Optional.empty();
  }

  static XsdTimes.Moment moment(Term term) {
    return literal(term, Xsd.DATE_TIME, DATE_TIME_STAMP)
        .flatMap(literal -> XsdTimes.dateTime(literal.lexical()))
        .orElseThrow(() -> unreadable(term, "a moment, as 2026-03-01T08:00:00Z"));
  }

  static Instant instant(Instant exact) {
    return exact.truncatedTo(ChronoUnit.MILLIS);
  }

  static Optional<LocalDate> date(Term term) {
    return literal(term, Xsd.DATE)
        .flatMap(literal -> XsdTimes.date(literal.lexical()))
        .filter(moment -> !moment.zoned())
        .map(moment -> moment.local().toLocalDate());
  }

  static Optional<LocalTime> time(Term term) {
    return literal(term, Xsd.TIME)
        .flatMap(literal -> XsdTimes.time(literal.lexical()))
        .filter(moment -> !moment.zoned())
        .map(moment -> moment.local().toLocalTime());
  }

  private static Optional<XsdTimes.Length> length(Term term) {
    return literal(term, Xsd.DURATION, Xsd.DAY_TIME_DURATION, Xsd.YEAR_MONTH_DURATION)
        .flatMap(literal -> XsdTimes.duration(literal.lexical()));
  }

  static Optional<Duration> duration(Term term) {
    return length(term)
        .filter(length -> length.months() == 0)
        .map(XsdTimes.Length::seconds)
        .filter(seconds -> seconds.stripTrailingZeros().scale() <= 9)
        .filter(seconds -> seconds.toBigInteger().bitLength() < 63)
        .map(Reading::duration);
  }

  private static Duration duration(BigDecimal seconds) {
    BigInteger whole = seconds.toBigInteger();
    BigDecimal rest = seconds.subtract(new BigDecimal(whole)).movePointRight(9);
    return Duration.ofSeconds(whole.longValueExact(), rest.longValueExact());
  }

  static Optional<Period> period(Term term) {
    return length(term)
        .filter(length -> length.seconds().remainder(DAY).signum() == 0)
        .filter(length -> Math.abs(length.months() / 12) <= Integer.MAX_VALUE)
        .filter(length -> length.seconds().divide(DAY).toBigInteger().bitLength() < 32)
        .map(
            length ->
                Period.of(
                    (int) (length.months() / 12),
                    (int) (length.months() % 12),
                    length.seconds().divide(DAY).intValueExact()));
  }

  static Optional<byte[]> bytes(Term term) {
    if (!(term instanceof Literal literal)) {
      return Optional.empty();
    }
    if (literal.datatype().equals(Xsd.HEX_BINARY)) {
      return XsdBytes.hexadecimal(literal.lexical());
    }
    return literal.datatype().equals(Xsd.BASE64_BINARY)
        ? XsdBytes.base64(literal.lexical())
        : Optional.empty();
  }

  static Optional<Iri> iri(Term term) {
    return term instanceof Iri iri
        ? Optional.of(iri)
        : literal(term, Xsd.ANY_URI)
            .filter(literal -> Iri.isAbsolute(literal.lexical()))
            .map(literal -> new Iri(literal.lexical()));
  }

  static Object javaValue(Term term) {
    if (!(term instanceof Literal literal)) {
      return term;
    }
    Iri type = literal.datatype();
    Optional<?> value = Optional.empty();
    if (type.equals(Xsd.STRING)) {
      return literal.lexical();
    } else if (NumericType.isWhole(type)) {
      value =
          whole(term).map(number -> number.bitLength() < 64 ? (Object) number.longValue() : number);
    } else if (NumericType.isFloating(type)) {
      value = floating(term);
    } else if (type.equals(Xsd.DECIMAL)) {
      value = decimal(term);
    } else if (type.equals(Xsd.BOOLEAN)) {
      value = XsdBytes.truth(literal.lexical());
    } else {
      value = javaTime(literal).or(() -> bytes(term));
    }
    return value.<Object>map(known -> known).orElse(term);
  }

  private static Optional<Object> javaTime(Literal literal) {
    Iri type = literal.datatype();
    if (type.equals(Xsd.DATE_TIME) || type.equals(DATE_TIME_STAMP)) {
      return XsdTimes.dateTime(literal.lexical()).map(moment -> instant(moment.instant()));
    }
    if (type.equals(Xsd.DATE)) {
      return date(literal).map(day -> day);
    }
    if (type.equals(Xsd.TIME)) {
      return time(literal).map(time -> time);
    }
    return length(literal)
        .flatMap(any -> duration(literal).<Object>map(l -> l).or(() -> period(literal)));
  }
}
