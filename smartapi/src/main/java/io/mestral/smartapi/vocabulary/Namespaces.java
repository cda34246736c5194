package io.mestral.smartapi.vocabulary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The namespaces of messages and the prefixes that writers use for them. The edge profile's is kept
 * here alone: it may be registered under another name one day.
 */
public final class Namespaces {
  /** The Smart API 1.0. */
  public static final String SMARTAPI = "http://smart-api.io/ontology/1.0/smartapi#";

  /** The edge profile: terms that the Smart API's model names and for which no IRI is public. */
  public static final String SX = "https://w3id.org/smartapi-edge/1.0#";

  /** Terms under discussion: accepted, never written. */
  public static final String DRAFT = "http://smart-api.io/ontology/1.0/draft#";

  /** Quantity kinds of QUDT as of 2010. */
  public static final String LEGACY_QUANTITY = "http://data.nasa.gov/qudt/owl/quantity#";

  /** Units of QUDT as of 2010. */
  public static final String LEGACY_UNIT = "http://data.nasa.gov/qudt/owl/unit#";

  /** Quantity kinds of today's QUDT. */
  public static final String QUANTITY_KIND = "http://qudt.org/vocab/quantitykind/";

  /** Units of today's QUDT. */
  public static final String UNIT = "http://qudt.org/vocab/unit/";

  /** Predicates of today's QUDT. */
  public static final String QUDT_SCHEMA = "http://qudt.org/schema/qudt/";

  private static final Map<String, String> PREFIXES = new LinkedHashMap<>();

  static {
    PREFIXES.put("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    PREFIXES.put("rdfs", Rdfs.NAMESPACE);
    PREFIXES.put("owl", Owl.NAMESPACE);
    PREFIXES.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    PREFIXES.put("dct", Dct.NAMESPACE);
    PREFIXES.put("smartapi", SMARTAPI);
    PREFIXES.put("sx", SX);
    PREFIXES.put("qudt", Qudt.NAMESPACE);
    PREFIXES.put("quantity", LEGACY_QUANTITY);
    PREFIXES.put("unit", LEGACY_UNIT);
    PREFIXES.put("geo", Geo.NAMESPACE);
    PREFIXES.put("gr", Gr.NAMESPACE);
    PREFIXES.put("vcard", Vcard.NAMESPACE);
    PREFIXES.put("sec", Sec.NAMESPACE);
  }

  private Namespaces() {}

  /**
   * The prefixes that the bundled JSON-LD context declares and the Turtle writer uses.
   *
   * @return prefix to namespace, in the order in which they are written
   */
  public static Map<String, String> prefixes() {
    return Collections.unmodifiableMap(PREFIXES);
  }
}
