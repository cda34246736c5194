package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/** The private keys that a node has. */
@FunctionalInterface
public interface DecryptionKeys {

  /**
   * Finds a key.
   *
   * @param id the key's IRI
   * @return the key, or nothing when it is someone else's
   */
  Optional<DecryptionKey> key(Iri id);
}
