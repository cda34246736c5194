package io.mestral.smartapi.rdf;

/** Terms of RDF itself (RDF 1.1 Concepts and Schema). */
public final class Rdf {
  /** The namespace, {@code http://www.w3.org/1999/02/22-rdf-syntax-ns#}. */
  public static final String NAMESPACE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

  /** {@code rdf:type}: the class of a node. */
  public static final Iri TYPE = new Iri(NAMESPACE + "type");

  /** {@code rdf:value}: the value of a ValueObject, Parameter, entry or array. */
  public static final Iri VALUE = new Iri(NAMESPACE + "value");

  /** {@code rdf:first}: the item of a list cell, or the array node of a list holder. */
  public static final Iri FIRST = new Iri(NAMESPACE + "first");

  /** {@code rdf:rest}: the cell after a list cell. */
  public static final Iri REST = new Iri(NAMESPACE + "rest");

  /** {@code rdf:nil}: the empty list; as the value of a written ValueObject, "remove it". */
  public static final Iri NIL = new Iri(NAMESPACE + "nil");

  /** {@code rdf:langString}: datatype of text in a language. */
  public static final Iri LANG_STRING = new Iri(NAMESPACE + "langString");

  /** {@code rdf:JSON}: datatype of a JSON text in canonical form. */
  public static final Iri JSON = new Iri(NAMESPACE + "JSON");

  /** {@code rdf:Property}: the class of properties. */
  public static final Iri PROPERTY = new Iri(NAMESPACE + "Property");

  private Rdf() {}
}
