package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.mestral.model.access.Secret;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The revocation endpoint (RFC 7009): a refresh token ends with all that came of the same grant, an
 * access token ends alone.
 */
public final class RevocationDesk {
  private final GrantRegistry grants;
  private final TokenVault vault;
  private final ClientLogins clients;
  private final AccessTokens tokens;
  private final Revocations revocations;

  RevocationDesk(
      GrantRegistry grants,
      TokenVault vault,
      ClientLogins clients,
      AccessTokens tokens,
      Revocations revocations) {
    this.grants = grants;
    this.vault = vault;
    this.clients = clients;
    this.tokens = tokens;
    this.revocations = revocations;
  }

  /**
   * Succeeds when the token is no good any more, or never was; fails with an {@link OAuthProblem}
   * when the application doesn't prove itself, or the token is another's.
   *
   * @param address where the request came from
   * @param witness hears whose grant it is about
   */
  public Future<Void> answer(HTTPRequest http, String address, GrantWitness witness) {
    TokenRevocationRequest request;
    try {
      request = TokenRevocationRequest.parse(http);
    } catch (ParseException unreadable) {
      return Future.failedFuture(OAuthProblem.unreadable(unreadable));
    }
    Secret token = Secret.of(request.getToken().getValue());
    return clients
        .authenticate(request.getClientAuthentication(), request.getClientID(), address)
        .compose(application -> revoke(token, application, witness));
  }

  private Future<Void> revoke(Secret token, OAuthApplication application, GrantWitness witness) {
    return grants
        .findToken(vault.hash(token))
        .compose(
            found ->
                found.isPresent()
                    ? grants
                        .find(found.get().grant())
                        .compose(grant -> revokeRefresh(grant, application, witness))
                    : revokeAccess(token, application, witness));
  }

  private Future<Void> revokeRefresh(
      Optional<OAuthGrant> grant, OAuthApplication application, GrantWitness witness) {
    if (grant.isEmpty()) return Future.succeededFuture();
    witness.about(application.id(), grant.get().user());
    return grant.get().application() == application.id()
        ? revocations.grant(grant.get().id())
        : anothers();
  }

  private Future<Void> revokeAccess(
      Secret token, OAuthApplication application, GrantWitness witness) {
    return tokens
        .check(token)
        .compose(
            found -> {
              if (found.isEmpty()) return Future.succeededFuture();
              witness.about(application.id(), found.get().grant().user());
              AccessTokens.Claims claims = found.get().claims();
              return claims.client().equals(application.uid())
                  ? revocations.accessToken(claims)
                  : anothers();
            });
  }

  private static Future<Void> anothers() {
    return Future.failedFuture(new OAuthProblem(OAuth2Error.UNAUTHORIZED_CLIENT));
  }
}
