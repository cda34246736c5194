package io.mestral.smartapi.rdf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;

/**
 * A value written down: lexical form, datatype and, for text in a language, its tag (RDF 1.1
 * Concepts, section 3.3). Two literals are equal when all three are; {@code 1} and {@code 01} of
 * {@code xsd:integer} aren't. Tags are kept as they were written, which proofs are made over, and
 * are equal in whatever case.
 *
 * @param lexical the value as text; may be empty
 * @param datatype the datatype; {@code rdf:langString} exactly when there is a language
 * @param language the language tag (BCP 47); empty when there is none
 */
public record Literal(String lexical, Iri datatype, String language)
    implements Term, Comparable<Literal> {

  /**
   * Checks that datatype and language belong together.
   *
   * @throws IllegalArgumentException if only one of them says that this is text in a language
   */
  public Literal {
    Objects.requireNonNull(lexical, "lexical");
    Objects.requireNonNull(datatype, "datatype");
    if (!language.isEmpty() != datatype.equals(Rdf.LANG_STRING)) {
      throw new IllegalArgumentException(
          "a language goes with rdf:langString and nothing else: " + datatype + " @" + language);
    }
  }

  /**
   * Any typed value.
   *
   * @param lexical its lexical form, written as given
   * @param datatype its datatype, not {@code rdf:langString}
   * @return the literal
   */
  public static Literal of(String lexical, Iri datatype) {
    return new Literal(lexical, datatype, "");
  }

  /**
   * A text, {@code xsd:string}.
   *
   * @param text any text
   * @return the literal
   */
  public static Literal of(String text) {
    return new Literal(text, Xsd.STRING, "");
  }

  /**
   * A text in a language.
   *
   * @param text any text
   * @param tag the language tag, not empty
   * @return the literal
   */
  public static Literal inLanguage(String text, String tag) {
    return new Literal(text, Rdf.LANG_STRING, tag);
  }

  /**
   * A whole number, {@code xsd:integer}.
   *
   * @param number any number
   * @return the literal
   */
  public static Literal of(long number) {
    return new Literal(Long.toString(number), Xsd.INTEGER, "");
  }

  /**
   * A whole number of any length, {@code xsd:integer}.
   *
   * @param number any number
   * @return the literal
   */
  public static Literal of(BigInteger number) {
    return new Literal(number.toString(), Xsd.INTEGER, "");
  }

  /**
   * A floating point number, {@code xsd:double}, in canonical form such as {@code 2.15E1}.
   *
   * @param number any number; infinities are {@code INF} and {@code -INF}, no number is {@code NaN}
   * @return the literal
   */
  public static Literal of(double number) {
    return new Literal(CanonicalDouble.of(number), Xsd.DOUBLE, "");
  }

  /**
   * A decimal number, {@code xsd:decimal}, in the scale it has.
   *
   * @param number any number
   * @return the literal
   */
  public static Literal of(BigDecimal number) {
    return new Literal(number.toPlainString(), Xsd.DECIMAL, "");
  }

  /**
   * A truth value, {@code xsd:boolean}.
   *
   * @param truth true or false
   * @return the literal
   */
  public static Literal of(boolean truth) {
    return new Literal(Boolean.toString(truth), Xsd.BOOLEAN, "");
  }

  /**
   * A moment, {@code xsd:dateTime} in UTC, with milliseconds only when there are any; what is finer
   * is cut off.
   *
   * @param moment the moment
   * @return the literal
   */
  public static Literal of(Instant moment) {
    return new Literal(Instant.ofEpochMilli(moment.toEpochMilli()).toString(), Xsd.DATE_TIME, "");
  }

  /**
   * A day, {@code xsd:date} without a zone.
   *
   * @param day the day
   * @return the literal
   */
  public static Literal of(LocalDate day) {
    return new Literal(day.toString(), Xsd.DATE, "");
  }

  /**
   * A length of time, {@code xsd:duration}.
   *
   * @param length the length; negative ones have one sign in front, as XML Schema wants it
   * @return the literal
   */
  public static Literal of(Duration length) {
    return new Literal(
        length.isNegative() ? "-" + length.negated() : length.toString(), Xsd.DURATION, "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Literal that
        && lexical.equals(that.lexical)
        && datatype.equals(that.datatype)
        && language.equalsIgnoreCase(that.language);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * lexical.hashCode() + datatype.hashCode())
        + language.toLowerCase(Locale.ROOT).hashCode();
  }

  /** The literal as N-Triples writes it, for people who debug. */
  @Override
  public String toString() {
    String quoted =
        '"'
            + lexical
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
            + '"';
    if (!language.isEmpty()) {
      return quoted + '@' + language;
    }
    return datatype.equals(Xsd.STRING) ? quoted : quoted + "^^" + datatype;
  }

  /** By its characters; so that hash tables stay fast when somebody makes hashes collide. */
  @Override
  public int compareTo(Literal other) {
    int order = lexical.compareTo(other.lexical);
    order = order != 0 ? order : datatype.compareTo(other.datatype);
    return order != 0 ? order : language.compareToIgnoreCase(other.language);
  }
}
