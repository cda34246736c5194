package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/** What a node was told about keys and their owners. Answers at once, of what it holds. */
public interface TrustStore {

  /**
   * Finds a key.
   *
   * @param id the key's IRI
   * @return the key with its controller, or nothing when it isn't known, or no longer trusted
   */
  Optional<TrustedKey> key(Iri id);

  /**
   * Whether someone may speak for another one. What a message says about who manages whom has no
   * say in this.
   *
   * @param controller who made a proof
   * @param sender in whose name
   * @return true only if the sender is managed by the controller, who may speak for it
   */
  boolean maySpeakFor(Iri controller, Iri sender);
}
