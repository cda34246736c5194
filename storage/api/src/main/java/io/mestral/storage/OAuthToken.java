package io.mestral.storage;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that can be exchanged for an access token, once.
 *
 * @param hash its keyed hash
 * @param grant what it stands on
 * @param request what the code was asked for with; empty for a refresh token
 * @param usedAt empty until it was exchanged
 */
public record OAuthToken(
    String hash,
    UUID grant,
    Optional<CodeRequest> request,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> usedAt) {
  /**
   * What an authorization code is held to.
   *
   * @param redirectUri where it was sent
   * @param challenge of PKCE, S256
   * @param nonce of OpenID Connect, to be repeated
   */
  public record CodeRequest(String redirectUri, String challenge, Optional<String> nonce) {}
}
