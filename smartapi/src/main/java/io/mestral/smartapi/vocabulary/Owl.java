package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** Terms of OWL 2 that messages and ontologies use. */
public final class Owl {
  /** The namespace, {@code http://www.w3.org/2002/07/owl#}. */
  public static final String NAMESPACE = "http://www.w3.org/2002/07/owl#";

  /** {@code owl:sameAs}: another name of the same thing. */
  public static final Iri SAME_AS = new Iri(NAMESPACE + "sameAs");

  /** {@code owl:Class}: the class of classes. */
  public static final Iri CLASS = new Iri(NAMESPACE + "Class");

  /** {@code owl:Thing}: the class of everything. */
  public static final Iri THING = new Iri(NAMESPACE + "Thing");

  /** {@code owl:unionOf}: the list of classes whose members a class has. */
  public static final Iri UNION_OF = new Iri(NAMESPACE + "unionOf");

  /** {@code owl:equivalentClass}: a class with the same members. */
  public static final Iri EQUIVALENT_CLASS = new Iri(NAMESPACE + "equivalentClass");

  private Owl() {}
}
