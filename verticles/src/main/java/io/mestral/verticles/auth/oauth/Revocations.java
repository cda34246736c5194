package io.mestral.verticles.auth.oauth;

import io.mestral.storage.GrantRegistry;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Consumer;

/** Takes back what was granted: kept first, then told to those who let somebody in for it. */
public final class Revocations {
  private static final int AT_ONCE = 1_000;

  private final GrantRegistry grants;
  private final Consumer<String> ended;

  /**
   * @param ended hears what nobody may stand on any more
   */
  public Revocations(GrantRegistry grants, Consumer<String> ended) {
    this.grants = grants;
    this.ended = ended;
  }

  /** Tells that nobody may stand on something any more that is kept elsewhere. */
  public void ended(String standing) {
    ended.accept(standing);
  }

  /** Ends a grant with all that came of it. */
  public Future<Void> grant(UUID id) {
    return grants.revoke(id).onSuccess(done -> ended.accept(AccessTokens.standing(id)));
  }

  Future<Void> accessToken(AccessTokens.Claims claims) {
    return grants
        .revokeAccessToken(claims.id(), claims.expiresAt())
        .onSuccess(done -> ended.accept(AccessTokens.standing(claims.id())));
  }

  /** Everything that was granted to an application. */
  public Future<Void> application(long id) {
    return grants
        .ofApplication(id, AT_ONCE)
        .compose(
            found ->
                Steps.forEach(found, (OAuthGrant grant) -> grant(grant.id()))
                    .compose(
                        done ->
                            found.size() < AT_ONCE ? Future.succeededFuture() : application(id)));
  }
}
