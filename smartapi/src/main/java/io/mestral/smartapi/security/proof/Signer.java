package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.SecretMultikey;

/**
 * Who signs.
 *
 * @param verificationMethod the key's IRI
 * @param key the private key
 */
public record Signer(Iri verificationMethod, SecretMultikey key) {}
