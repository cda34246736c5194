package io.mestral.verticles.smartrequest.keys;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import java.time.Instant;
import java.util.Optional;

/**
 * A key of this node.
 *
 * @param id its IRI
 * @param key what all may know of it
 * @param secret the other half; empty when it was sealed with another node key, or is damaged
 * @param endsAt from when it is no good any more; empty while it is in use
 */
public record OwnKey(
    Iri id,
    Multikey key,
    Optional<SecretMultikey> secret,
    Instant createdAt,
    Optional<Instant> endsAt) {

  /** Whether proofs are made with it; otherwise others encrypt to it. */
  public boolean isForSigning() {
    return key.type() == KeyType.ED25519;
  }

  boolean isGoodAt(Instant now) {
    return endsAt.isEmpty() || endsAt.get().isAfter(now);
  }
}
