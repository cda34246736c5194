package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/** Dublin Core terms that messages use. */
public final class Dct {
  /** The namespace, {@code http://purl.org/dc/terms/}. */
  public static final String NAMESPACE = "http://purl.org/dc/terms/";

  /** {@code dct:creator}: who made it. */
  public static final Iri CREATOR = new Iri(NAMESPACE + "creator");

  /** {@code dct:format}: the media type of bytes. */
  public static final Iri FORMAT = new Iri(NAMESPACE + "format");

  /** {@code dct:created}: when it was made. */
  public static final Iri CREATED = new Iri(NAMESPACE + "created");

  /**
   * {@code dct:abstract}: what the published SDK writes on list holders in place of {@code
   * rdf:first}; read, never written.
   */
  public static final Iri ABSTRACT = new Iri(NAMESPACE + "abstract");

  private Dct() {}
}
