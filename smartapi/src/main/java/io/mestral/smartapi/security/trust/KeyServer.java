package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * What a configured key server has told, asked last. This library fetches nothing: an
 * implementation answers of what was fetched before.
 */
@FunctionalInterface
public interface KeyServer {
  /** Where no key server is configured. */
  KeyServer NONE = id -> Optional.empty();

  /**
   * Finds a key.
   *
   * @param id the key's IRI
   * @return the key, or nothing
   */
  Optional<TrustedKey> key(Iri id);
}
