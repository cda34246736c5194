package io.mestral.smartapi.rdf;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numeric datatypes of XML Schema 1.1 part 2 (sections 3.3.3 to 3.3.5 and 3.4.13 to 3.4.25),
 * and which whole numbers each can hold.
 *
 * @param iri the datatype
 * @param least the smallest whole number it holds; nothing when there is no bound
 * @param greatest the greatest whole number it holds; nothing when there is no bound
 */
public record NumericType(Iri iri, Optional<BigInteger> least, Optional<BigInteger> greatest) {
  private static final Map<Iri, NumericType> ALL = new HashMap<>();

  static {
    put(Xsd.DOUBLE, "", "");
    put(Xsd.FLOAT, "", "");
    put(Xsd.DECIMAL, "", "");
    put(Xsd.INTEGER, "", "");
    put(Xsd.NON_NEGATIVE_INTEGER, "0", "");
    put(Xsd.POSITIVE_INTEGER, "1", "");
    put(Xsd.NON_POSITIVE_INTEGER, "", "0");
    put(Xsd.NEGATIVE_INTEGER, "", "-1");
    put(Xsd.LONG, "-9223372036854775808", "9223372036854775807");
    put(Xsd.INT, "-2147483648", "2147483647");
    put(Xsd.SHORT, "-32768", "32767");
    put(Xsd.BYTE, "-128", "127");
    put(Xsd.UNSIGNED_LONG, "0", "18446744073709551615");
    put(Xsd.UNSIGNED_INT, "0", "4294967295");
    put(Xsd.UNSIGNED_SHORT, "0", "65535");
    put(Xsd.UNSIGNED_BYTE, "0", "255");
  }

  /**
   * Finds the numeric datatype of an IRI.
   *
   * @param datatype any datatype
   * @return it, or nothing when its values are no numbers
   */
  public static Optional<NumericType> of(Iri datatype) {
    return Optional.ofNullable(ALL.get(datatype));
  }

  /**
   * Says whether a datatype's values are numbers.
   *
   * @param datatype any datatype
   * @return whether they are
   */
  public static boolean isNumeric(Iri datatype) {
    return ALL.containsKey(datatype);
  }

  /**
   * Says whether a datatype is {@code xsd:double} or {@code xsd:float}.
   *
   * @param datatype any datatype
   * @return whether it is
   */
  public static boolean isFloating(Iri datatype) {
    return datatype.equals(Xsd.DOUBLE) || datatype.equals(Xsd.FLOAT);
  }

  /**
   * Says whether a datatype's values are whole numbers.
   *
   * @param datatype any datatype
   * @return true for {@code xsd:integer} and the datatypes derived from it
   */
  public static boolean isWhole(Iri datatype) {
    return isNumeric(datatype) && !isFloating(datatype) && !datatype.equals(Xsd.DECIMAL);
  }

  /**
   * Says whether the datatype can hold a whole number.
   *
   * @param number any whole number
   * @return whether it is within the bounds
   */
  public boolean holds(BigInteger number) {
    return least.filter(bound -> number.compareTo(bound) < 0).isEmpty()
        && greatest.filter(bound -> number.compareTo(bound) > 0).isEmpty();
  }

  private static void put(Iri iri, String least, String greatest) {
    ALL.put(iri, new NumericType(iri, bound(least), bound(greatest)));
  }

  private static Optional<BigInteger> bound(String number) {
    return number.isEmpty() ? Optional.empty() : Optional.of(new BigInteger(number));
  }
}
