package io.mestral.routing.request.trust;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.TrustedKey;
import java.util.Optional;

/** The keys that this node has, and those of others that it believes, as they are now. */
public interface Keyring {
  /** Finds out whose a key is. */
  KeyResolver believed();

  /** What this node signs with; empty when it has no key. */
  Optional<Signer> signer();

  /** The key of this IRI that something was encrypted to; empty when it isn't this node's. */
  Optional<DecryptionKey> decryption(Iri id);

  /** A believed key, on P-256, that is encrypted to for somebody; empty when there is none. */
  Optional<TrustedKey> agreement(Iri controller);
}
