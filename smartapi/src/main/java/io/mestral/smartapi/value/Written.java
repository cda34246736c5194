package io.mestral.smartapi.value;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Java values as terms, where Java's own form isn't that of XML Schema. */
final class Written {
  private Written() {}

  static Literal of(Instant moment) {
    return Literal.of(unsigned(moment.truncatedTo(ChronoUnit.MILLIS).toString()), Xsd.DATE_TIME);
  }

  static Literal of(OffsetDateTime moment) {
    OffsetDateTime cut = moment.truncatedTo(ChronoUnit.MILLIS);
    int offset = cut.getOffset().getTotalSeconds();
    if (Math.abs(offset) > 14 * 3_600 || offset % 60 != 0) {
      return of(moment.toInstant()); // no such zone in XML Schema
    }
    String time = Written.of(cut.toLocalTime()).lexical();
    return Literal.of(
        of(cut.toLocalDate()).lexical() + "T" + time + cut.getOffset().getId(), Xsd.DATE_TIME);
  }

  static Literal of(LocalDate day) {
    return Literal.of(unsigned(day.toString()), Xsd.DATE);
  }

  static Literal of(LocalTime time) {
    String text = time.toString();
    return Literal.of(text.length() == 5 ? text + ":00" : text, Xsd.TIME);
  }

  static Literal of(Duration length) {
    if (length.getSeconds() == Long.MIN_VALUE) {
      throw Variant.invalid("The duration " + length + " is too long to be written.");
    }
    return Literal.of(length);
  }

  static Literal of(Period length) {
    long months = length.toTotalMonths();
    int days = length.getDays();
    if (months < 0 && days > 0 || months > 0 && days < 0) {
      throw Variant.invalid(
          "The period %s has positive and negative parts; a duration has one sign for all of them."
              .formatted(length));
    }
    String years = months / 12 == 0 ? "" : Math.abs(months / 12) + "Y";
    String rest = months % 12 == 0 ? "" : Math.abs(months % 12) + "M";
    String tail = days == 0 && months != 0 ? "" : Math.abs((long) days) + "D";
    return Literal.of((months < 0 || days < 0 ? "-P" : "P") + years + rest + tail, Xsd.DURATION);
  }

  static Literal of(byte[] bytes) {
    return Literal.of(Base64.getEncoder().encodeToString(bytes), Xsd.BASE64_BINARY);
  }

  static Iri of(URI iri) {
    if (!iri.isAbsolute()) {
      throw Variant.invalid(
          "The URI <%s> is relative; only absolute ones are values.".formatted(iri));
    }
    return new Iri(iri.toString());
  }

  static Term ofJava(Object value) {
    if (value instanceof Term term) {
      return term;
    }
    if (value instanceof String text) {
      return Literal.of(text);
    }
    if (value instanceof Number number) {
      return ofNumber(number);
    }
    if (value instanceof Boolean truth) {
      return Literal.of(truth.booleanValue());
    }
    if (value instanceof byte[] bytes) {
      return of(bytes);
    }
    return value instanceof URI iri ? of(iri) : ofTime(value);
  }

  private static Term ofNumber(Number number) {
    if (number instanceof Double || number instanceof Float) {
      return Literal.of(number.doubleValue());
    }
    if (number instanceof BigDecimal decimal) {
      return Variant.of(decimal).term();
    }
    if (number instanceof BigInteger whole) {
      return Variant.of(whole).term();
    }
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return Literal.of(number.longValue());
    }
    throw unknown(number);
  }

  private static Term ofTime(Object value) {
    if (value instanceof Instant moment) {
      return of(moment);
    }
    if (value instanceof OffsetDateTime moment) {
      return of(moment);
    }
    if (value instanceof LocalDate day) {
      return of(day);
    }
    if (value instanceof LocalTime time) {
      return of(time);
    }
    if (value instanceof Duration length) {
      return of(length);
    }
    if (value instanceof Period length) {
      return of(length);
    }
    throw unknown(value);
  }

  private static RuntimeException unknown(Object value) {
    return Variant.invalid(
        "A value of %s can't be written; allowed are text, numbers, truth values, java.time's Instant, OffsetDateTime, LocalDate, LocalTime, Duration and Period, byte[], URI and RDF terms."
            .formatted(value == null ? "null" : value.getClass().getName()));
  }

  /** Years above 9999 have a plus sign in Java and none in XML Schema. */
  private static String unsigned(String text) {
    return text.startsWith("+") ? text.substring(1) : text;
  }
}
