package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** Terms of RDF Schema that messages and ontologies use. */
public final class Rdfs {
  /** The namespace, {@code http://www.w3.org/2000/01/rdf-schema#}. */
  public static final String NAMESPACE = "http://www.w3.org/2000/01/rdf-schema#";

  /** {@code rdfs:label}: a name for people. */
  public static final Iri LABEL = new Iri(NAMESPACE + "label");

  /** {@code rdfs:comment}: a description for people. */
  public static final Iri COMMENT = new Iri(NAMESPACE + "comment");

  /** {@code rdfs:subClassOf}: the wider class. */
  public static final Iri SUB_CLASS_OF = new Iri(NAMESPACE + "subClassOf");

  /** {@code rdfs:seeAlso}: where more is said. */
  public static final Iri SEE_ALSO = new Iri(NAMESPACE + "seeAlso");

  /** {@code rdfs:domain}: the class whose members have a property. */
  public static final Iri DOMAIN = new Iri(NAMESPACE + "domain");

  /** {@code rdfs:range}: the class of the values of a property. */
  public static final Iri RANGE = new Iri(NAMESPACE + "range");

  /** {@code rdfs:Datatype}: the class of datatypes. */
  public static final Iri DATATYPE = new Iri(NAMESPACE + "Datatype");

  private Rdfs() {}
}
