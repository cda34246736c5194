package io.mestral.storage;

import io.mestral.model.platform.SealedToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A key of the node's own, for Smart API messages.
 *
 * @param name what it is called at the node, as {@code key-1}
 * @param publicKey the half that all may know, a Multikey
 * @param sealed the other half
 * @param endsAt from when it is no good any more; empty for keys that are in use
 */
public record NodeKey(
    String name,
    String publicKey,
    SealedToken sealed,
    Instant createdAt,
    Optional<Instant> endsAt) {}
