package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What users granted to applications, and the tokens that can be exchanged for access tokens. */
public interface GrantRegistry {
  /** How many living grants a user has at most; the oldest goes for one more. */
  int PER_USER = 1_000;

  /** Keeps a grant, and forgets what has expired by the time that it was made. */
  Future<Void> add(OAuthGrant grant);

  /** Keeps a grant and the code for it, in one unit. */
  Future<Void> add(OAuthGrant grant, OAuthToken code);

  /** Empty when it was never made, or was revoked; expired ones are returned. */
  Future<Optional<OAuthGrant>> find(UUID id);

  /** As {@link #find}, and empty also when the access token with this number was revoked. */
  Future<Optional<OAuthGrant>> standing(UUID id, String accessToken);

  /** What a user granted, the newest first. */
  Future<List<OAuthGrant>> ofUser(UserId user);

  /** What was granted to an application, so many at most. */
  Future<List<OAuthGrant>> ofApplication(long application, int limit);

  /** By its keyed hash, used or expired or not; the caller judges. */
  Future<Optional<OAuthToken>> findToken(String hash);

  /**
   * Marks a token as used and keeps the next, in one unit; the grant lives as long as that one.
   * Succeeds with false, and keeps nothing, when it was used before or is gone.
   */
  Future<Boolean> exchange(String hash, OAuthToken next);

  /** Ends a grant with all that came of it; succeeds when there was none, too. */
  Future<Void> revoke(UUID id);

  /**
   * Ends one access token.
   *
   * @param accessToken its number
   * @param until when it would have ended by itself
   */
  Future<Void> revokeAccessToken(String accessToken, Instant until);
}
