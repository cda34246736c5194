package io.mestral.smartapi.value;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
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
import java.util.Objects;

/**
 * A value of any type: an RDF term seen as what Java has for it (Smart API, section 5.1). It keeps
 * the term, so that a value that nobody changed is written back as it came. The {@code as…} methods
 * convert when nothing is lost by it, from text too; else they throw. Equal when the terms are.
 */
public final class Variant {
  private final Term term;

  private Variant(Term term) {
    this.term = Objects.requireNonNull(term, "term");
  }

  /**
   * The value of a term, or an object by its node.
   *
   * @param term any term
   * @return its value; whether it is well formed is found out when it is converted
   */
  public static Variant of(Term term) {
    return new Variant(term);
  }

  /** A text, {@code xsd:string}. */
  public static Variant of(String text) {
    return new Variant(Literal.of(text));
  }

  /** A whole number, {@code xsd:integer}. */
  public static Variant of(long number) {
    return new Variant(Literal.of(number));
  }

  /**
   * A whole number, {@code xsd:integer}.
   *
   * @param number the number
   * @return its value
   * @throws SmartApiException of type InvalidParams if it would take more than 1,000 characters
   */
  public static Variant of(BigInteger number) {
    if (number.bitLength() > 3_318) { // of 999 digits
      throw invalid(
          "A whole number of %d bits is too long to be written: at most %d characters."
              .formatted(number.bitLength(), XsdNumbers.MOST_DIGITS));
    }
    return new Variant(Literal.of(number));
  }

  /** A floating point number, {@code xsd:double}; infinities and NaN are allowed. */
  public static Variant of(double number) {
    return new Variant(Literal.of(number));
  }

  /**
   * A decimal number, {@code xsd:decimal}, in the scale it has.
   *
   * @param number the number
   * @return its value
   * @throws SmartApiException of type InvalidParams if it would take more than 1,000 characters
   */
  public static Variant of(BigDecimal number) {
    if (Math.abs((long) number.scale()) + number.precision() >= XsdNumbers.MOST_DIGITS) {
      throw invalid(
          "A decimal number of scale %d and precision %d is too long to be written: at most %d characters."
              .formatted(number.scale(), number.precision(), XsdNumbers.MOST_DIGITS));
    }
    return new Variant(Literal.of(number));
  }

  /** A truth value, {@code xsd:boolean}. */
  public static Variant of(boolean truth) {
    return new Variant(Literal.of(truth));
  }

  /** A moment, {@code xsd:dateTime} in UTC; what is finer than milliseconds is cut off. */
  public static Variant of(Instant moment) {
    return new Variant(Written.of(moment));
  }

  /** A moment, {@code xsd:dateTime} in its zone; what is finer than milliseconds is cut off. */
  public static Variant of(OffsetDateTime moment) {
    return new Variant(Written.of(moment));
  }

  /** A day, {@code xsd:date} without a zone. */
  public static Variant of(LocalDate day) {
    return new Variant(Written.of(day));
  }

  /** A time of day, {@code xsd:time} without a zone. */
  public static Variant of(LocalTime time) {
    return new Variant(Written.of(time));
  }

  /** A length of time, {@code xsd:duration}. */
  public static Variant of(Duration length) {
    return new Variant(Written.of(length));
  }

  /**
   * A length of time by the calendar, {@code xsd:duration}.
   *
   * @param length the length
   * @return its value
   * @throws SmartApiException of type InvalidParams if some parts are negative and others positive,
   *     for which XML Schema has no form
   */
  public static Variant of(Period length) {
    return new Variant(Written.of(length));
  }

  /** Bytes, {@code xsd:base64Binary}. */
  public static Variant of(byte[] bytes) {
    return new Variant(Written.of(bytes));
  }

  /** An IRI. */
  public static Variant of(URI iri) {
    return new Variant(Written.of(iri));
  }

  /**
   * The value of any object of the types that the other factories take, of {@link Integer}, {@link
   * Short}, {@link Byte} and {@link Float}, and of a Variant itself.
   *
   * @param value the object, not null
   * @return its value
   * @throws SmartApiException of type InvalidParams if it is of another type
   */
  public static Variant ofJava(Object value) {
    return value instanceof Variant variant ? variant : new Variant(Written.ofJava(value));
  }

  /**
   * The term as it came.
   *
   * @return the term that writes this value
   */
  public Term term() {
    return term;
  }

  /**
   * The value as the Java type that stands for its datatype: {@link String}, {@link Long} ({@link
   * BigInteger} if it is longer), {@link Double}, {@link BigDecimal}, {@link Boolean}, {@link
   * Instant}, {@link LocalDate}, {@link LocalTime}, {@link Duration} or {@link Period}, {@code
   * byte[]}. Everything else is the term itself: nodes, text in a language, other datatypes, and
   * what these Java types can't hold.
   *
   * @return the Java value, never null
   */
  public Object javaValue() {
    return Reading.javaValue(term);
  }

  /**
   * The value as text: lexical form of a literal, or IRI.
   *
   * @return the text as it is written; of text in a language without the tag
   * @throws SmartApiException of type InvalidParams for a blank node
   */
  public String asString() {
    if (term instanceof Literal literal) {
      return literal.lexical();
    }
    if (term instanceof Iri iri) {
      return iri.value();
    }
    throw Reading.unreadable(term, "text");
  }

  /**
   * The value as a whole number; 4000.0 is one.
   *
   * @return the number
   * @throws SmartApiException of type InvalidParams if it isn't one, or is over 64 bits
   */
  public long asLong() {
    BigInteger number = asBigInteger();
    if (number.bitLength() > 63) {
      throw Reading.unreadable(term, "a whole number of 64 bits");
    }
    return number.longValue();
  }

  /**
   * The value as a whole number of 32 bits.
   *
   * @return the number
   * @throws SmartApiException of type InvalidParams if it isn't one, or is over 32 bits
   */
  public int asInt() {
    BigInteger number = asBigInteger();
    if (number.bitLength() > 31) {
      throw Reading.unreadable(term, "a whole number of 32 bits");
    }
    return number.intValue();
  }

  /**
   * The value as a whole number of any length.
   *
   * @return the number
   * @throws SmartApiException of type InvalidParams if it isn't one
   */
  public BigInteger asBigInteger() {
    return Reading.whole(term).orElseThrow(() -> Reading.unreadable(term, "a whole number"));
  }

  /**
   * The value as a floating point number. A decimal or whole number is one when it is got back from
   * the shortest digits of that double, as 0.1 and 14.70 are.
   *
   * @return the number; infinite or NaN only when it is written so
   * @throws SmartApiException of type InvalidParams if it isn't a number, or has too many digits
   */
  public double asDouble() {
    return Reading.floating(term)
        .orElseThrow(() -> Reading.unreadable(term, "a double without loss of digits"));
  }

  /**
   * The value as a decimal number. Of a double or float that is the one with the fewest digits that
   * is read as it.
   *
   * @return the number
   * @throws SmartApiException of type InvalidParams if it isn't a finite number
   */
  public BigDecimal asBigDecimal() {
    return Reading.decimal(term).orElseThrow(() -> Reading.unreadable(term, "a finite number"));
  }

  /**
   * The decimal number that the text says, as sums of money are read (Smart API, section 5.4): of a
   * float all digits count, not only those that its datatype keeps.
   *
   * @return the number; zero for what is too small for the datatype
   * @throws SmartApiException of type InvalidParams if it isn't a finite number, or has more than
   *     1,000 digits
   */
  public BigDecimal asWrittenDecimal() {
    return Reading.written(term).orElseThrow(() -> Reading.unreadable(term, "a finite number"));
  }

  /**
   * The value as a truth value.
   *
   * @return true or false
   * @throws SmartApiException of type InvalidParams if it is neither; numbers never are
   */
  public boolean asBoolean() {
    return Reading.literal(term, Xsd.BOOLEAN)
        .flatMap(literal -> XsdBytes.truth(literal.lexical()))
        .orElseThrow(() -> Reading.unreadable(term, "true or false"));
  }

  /**
   * The value as a moment. Without a zone it is in UTC.
   *
   * @return the moment; what is finer than milliseconds is cut off
   * @throws SmartApiException of type InvalidParams if it isn't one
   */
  public Instant asInstant() {
    return Reading.instant(Reading.moment(term).instant());
  }

  /**
   * The value as a moment in the zone in which it is written, UTC when there is none.
   *
   * @return the moment; what is finer than milliseconds is cut off
   * @throws SmartApiException of type InvalidParams if it isn't one
   */
  public OffsetDateTime asOffsetDateTime() {
    XsdTimes.Moment moment = Reading.moment(term);
    return Reading.instant(moment.instant()).atOffset(moment.zone());
  }

  /**
   * The value as a day.
   *
   * @return the day
   * @throws SmartApiException of type InvalidParams if it isn't one, or has a zone
   */
  public LocalDate asLocalDate() {
    return Reading.date(term)
        .orElseThrow(() -> Reading.unreadable(term, "a day without a zone, as 2026-03-01"));
  }

  /**
   * The value as a time of day.
   *
   * @return the time
   * @throws SmartApiException of type InvalidParams if it isn't one, or has a zone
   */
  public LocalTime asLocalTime() {
    return Reading.time(term)
        .orElseThrow(() -> Reading.unreadable(term, "a time of day without a zone, as 08:00:00"));
  }

  /**
   * The value as a length of time in days and smaller; a day has 24 hours.
   *
   * @return the length
   * @throws SmartApiException of type InvalidParams if it isn't one, or has years, months or parts
   *     of nanoseconds
   */
  public Duration asDuration() {
    return Reading.duration(term)
        .orElseThrow(() -> Reading.unreadable(term, "a length of time without years and months"));
  }

  /**
   * The value as a length of time by the calendar.
   *
   * @return the length; months above eleven have become years
   * @throws SmartApiException of type InvalidParams if it isn't one, or has parts of days
   */
  public Period asPeriod() {
    return Reading.period(term)
        .orElseThrow(() -> Reading.unreadable(term, "a length of time in years, months and days"));
  }

  /**
   * The value as bytes.
   *
   * @return the bytes, the caller's own
   * @throws SmartApiException of type InvalidParams if it isn't {@code xsd:base64Binary} or {@code
   *     xsd:hexBinary}
   */
  public byte[] asBytes() {
    return Reading.bytes(term)
        .orElseThrow(() -> Reading.unreadable(term, "bytes in Base64 or hexadecimal digits"));
  }

  /**
   * The value as an IRI.
   *
   * @return the IRI; a text that begins as an absolute one is one
   * @throws SmartApiException of type InvalidParams if it isn't one
   */
  public Iri asIri() {
    return Reading.iri(term).orElseThrow(() -> Reading.unreadable(term, "an absolute IRI"));
  }

  /**
   * The node of an object, map or list.
   *
   * @return the node
   * @throws SmartApiException of type InvalidParams if this is a literal
   */
  public Resource asNode() {
    if (term instanceof Resource node) {
      return node;
    }
    throw Reading.unreadable(term, "a node");
  }

  static SmartApiException invalid(String message) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, message);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Variant that && term.equals(that.term);
  }

  @Override
  public int hashCode() {
    return term.hashCode();
  }

  /** The term as N-Triples writes it, for people who debug. */
  @Override
  public String toString() {
    return term.toString();
  }
}
