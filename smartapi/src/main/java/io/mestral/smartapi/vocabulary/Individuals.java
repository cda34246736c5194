package io.mestral.smartapi.vocabulary;

import io.mestral.smartapi.rdf.Iri;

/**
 * Methods and generation methods of the Smart API and of its edge profile, as the vocabulary file
 * bundled beside this class defines them.
 */
public final class Individuals {
  /** {@code smartapi:Read}: Return data. */
  public static final Iri READ = new Iri(Namespaces.SMARTAPI + "Read");

  /** {@code smartapi:Write}: Change data (the seed's write or update). */
  public static final Iri WRITE = new Iri(Namespaces.SMARTAPI + "Write");

  /** {@code smartapi:Delete}: Remove data. */
  public static final Iri DELETE = new Iri(Namespaces.SMARTAPI + "Delete");

  /** {@code sx:Create}: Make new data or a new Entity. */
  public static final Iri CREATE = new Iri(Namespaces.SX + "Create");

  /** {@code sx:Notify}: Tell interested parties that something happened. */
  public static final Iri NOTIFY = new Iri(Namespaces.SX + "Notify");

  /** {@code smartapi:Subscribe}: Ask for later Notifications. */
  public static final Iri SUBSCRIBE = new Iri(Namespaces.SMARTAPI + "Subscribe");

  /**
   * {@code smartapi:Observation}: Data obtained by observing. The name is public; using it as a
   * generation method is this project's choice.
   */
  public static final Iri OBSERVATION = new Iri(Namespaces.SMARTAPI + "Observation");

  private Individuals() {}
}
