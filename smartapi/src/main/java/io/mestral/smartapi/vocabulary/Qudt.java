package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** The two predicates of QUDT as of 2010, which messages use. */
public final class Qudt {
  /** The namespace, {@code http://data.nasa.gov/qudt/owl/qudt#}. */
  public static final String NAMESPACE = "http://data.nasa.gov/qudt/owl/qudt#";

  /** {@code qudt:quantityKind}: which quantity a value is of. */
  public static final Iri QUANTITY_KIND = new Iri(NAMESPACE + "quantityKind");

  /** {@code qudt:unit}: in which unit a value is. */
  public static final Iri UNIT = new Iri(NAMESPACE + "unit");

  private Qudt() {}
}
