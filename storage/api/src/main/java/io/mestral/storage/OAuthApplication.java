package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.SealedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An application that asks users for some of their rights (OAuth's client).
 *
 * @param owner who registered it; empty when a stranger did
 * @param uid what it is called in requests, {@code client_id}
 * @param secret what it proves itself with; empty for one that can't keep a secret
 * @param redirectUris where answers may go
 * @param scopes the most that it may ask for
 */
public record OAuthApplication(
    long id,
    Optional<UserId> owner,
    String uid,
    Optional<SealedToken> secret,
    String name,
    List<String> redirectUris,
    Set<Scope> scopes,
    Instant createdAt,
    Instant updatedAt) {
  /** Keeps the collections as they are. */
  public OAuthApplication {
    redirectUris = List.copyOf(redirectUris);
    scopes = Set.copyOf(scopes);
  }

  /** Whether it has a secret to prove itself with. */
  public boolean isConfidential() {
    return secret.isPresent();
  }
}
