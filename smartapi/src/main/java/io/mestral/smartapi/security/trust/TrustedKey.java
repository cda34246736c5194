package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.Multikey;

/**
 * A key of which it is known whose it is.
 *
 * @param id the key's IRI
 * @param controller whose key it is
 * @param key the key
 */
public record TrustedKey(Iri id, Iri controller, Multikey key) {}
