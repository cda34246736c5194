package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.security.trust.TrustedKey;

/**
 * A proof that holds.
 *
 * @param proof the proof
 * @param key the key it was made with, and whose that is
 * @param secured what was signed; triples of the message outside of it aren't vouched for
 */
public record VerifiedProof(Proof proof, TrustedKey key, Graph secured) {}
