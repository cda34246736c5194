package io.mestral.smartapi.rdf;

/** Datatypes of XML Schema 1.1. */
public final class Xsd {
  /** The namespace, {@code http://www.w3.org/2001/XMLSchema#}. */
  public static final String NAMESPACE = "http://www.w3.org/2001/XMLSchema#";

  /** {@code xsd:string}: text. */
  public static final Iri STRING = new Iri(NAMESPACE + "string");

  /** {@code xsd:boolean}: true or false. */
  public static final Iri BOOLEAN = new Iri(NAMESPACE + "boolean");

  /** {@code xsd:integer}: a whole number of any length. */
  public static final Iri INTEGER = new Iri(NAMESPACE + "integer");

  /** {@code xsd:long}: a whole number of 64 bits. */
  public static final Iri LONG = new Iri(NAMESPACE + "long");

  /** {@code xsd:int}: a whole number of 32 bits. */
  public static final Iri INT = new Iri(NAMESPACE + "int");

  /** {@code xsd:short}: a whole number of 16 bits. */
  public static final Iri SHORT = new Iri(NAMESPACE + "short");

  /** {@code xsd:byte}: a whole number of 8 bits. */
  public static final Iri BYTE = new Iri(NAMESPACE + "byte");

  /** {@code xsd:unsignedLong}: a whole number of 64 bits without sign. */
  public static final Iri UNSIGNED_LONG = new Iri(NAMESPACE + "unsignedLong");

  /** {@code xsd:unsignedInt}: a whole number of 32 bits without sign. */
  public static final Iri UNSIGNED_INT = new Iri(NAMESPACE + "unsignedInt");

  /** {@code xsd:unsignedShort}: a whole number of 16 bits without sign. */
  public static final Iri UNSIGNED_SHORT = new Iri(NAMESPACE + "unsignedShort");

  /** {@code xsd:unsignedByte}: a whole number of 8 bits without sign. */
  public static final Iri UNSIGNED_BYTE = new Iri(NAMESPACE + "unsignedByte");

  /** {@code xsd:nonNegativeInteger}: a whole number from zero on. */
  public static final Iri NON_NEGATIVE_INTEGER = new Iri(NAMESPACE + "nonNegativeInteger");

  /** {@code xsd:positiveInteger}: a whole number from one on. */
  public static final Iri POSITIVE_INTEGER = new Iri(NAMESPACE + "positiveInteger");

  /** {@code xsd:nonPositiveInteger}: a whole number up to zero. */
  public static final Iri NON_POSITIVE_INTEGER = new Iri(NAMESPACE + "nonPositiveInteger");

  /** {@code xsd:negativeInteger}: a whole number below zero. */
  public static final Iri NEGATIVE_INTEGER = new Iri(NAMESPACE + "negativeInteger");

  /** {@code xsd:decimal}: a decimal number. */
  public static final Iri DECIMAL = new Iri(NAMESPACE + "decimal");

  /** {@code xsd:double}: a floating point number of 64 bits. */
  public static final Iri DOUBLE = new Iri(NAMESPACE + "double");

  /** {@code xsd:float}: a floating point number of 32 bits. */
  public static final Iri FLOAT = new Iri(NAMESPACE + "float");

  /** {@code xsd:dateTime}: a moment. */
  public static final Iri DATE_TIME = new Iri(NAMESPACE + "dateTime");

  /** {@code xsd:date}: a day. */
  public static final Iri DATE = new Iri(NAMESPACE + "date");

  /** {@code xsd:time}: a time of day. */
  public static final Iri TIME = new Iri(NAMESPACE + "time");

  /** {@code xsd:duration}: a length of time. */
  public static final Iri DURATION = new Iri(NAMESPACE + "duration");

  /** {@code xsd:dayTimeDuration}: a length of time in days and smaller. */
  public static final Iri DAY_TIME_DURATION = new Iri(NAMESPACE + "dayTimeDuration");

  /** {@code xsd:yearMonthDuration}: a length of time in years and months. */
  public static final Iri YEAR_MONTH_DURATION = new Iri(NAMESPACE + "yearMonthDuration");

  /** {@code xsd:base64Binary}: bytes in Base64. */
  public static final Iri BASE64_BINARY = new Iri(NAMESPACE + "base64Binary");

  /** {@code xsd:hexBinary}: bytes in hexadecimal digits. */
  public static final Iri HEX_BINARY = new Iri(NAMESPACE + "hexBinary");

  /** {@code xsd:anyURI}: an IRI as text. */
  public static final Iri ANY_URI = new Iri(NAMESPACE + "anyURI");

  private Xsd() {}
}
