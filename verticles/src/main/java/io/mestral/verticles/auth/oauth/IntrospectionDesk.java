package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.Metadata;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthToken;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Date;

/**
 * The introspection endpoint (RFC 7662), for applications that prove themselves: what an access
 * token is good for, and a refresh token of their own.
 */
public final class IntrospectionDesk {
  private static final TokenIntrospectionSuccessResponse INACTIVE =
      new TokenIntrospectionSuccessResponse.Builder(false).build();

  private final Metadata metadata;
  private final TokenVault vault;
  private final ClientLogins clients;
  private final AccessTokens tokens;
  private final Answering answering;

  /** What answers are made with. */
  record Answering(Issuer issuer, Clock clock) {}

  IntrospectionDesk(
      Metadata metadata,
      TokenVault vault,
      ClientLogins clients,
      AccessTokens tokens,
      Answering answering) {
    this.metadata = metadata;
    this.vault = vault;
    this.clients = clients;
    this.tokens = tokens;
    this.answering = answering;
  }

  /**
   * Succeeds with what a token is good for; fails with an {@link OAuthProblem} when the asker
   * doesn't prove itself.
   *
   * @param address where the request came from
   */
  public Future<TokenIntrospectionSuccessResponse> answer(HTTPRequest http, String address) {
    TokenIntrospectionRequest request;
    try {
      request = TokenIntrospectionRequest.parse(http);
    } catch (ParseException unreadable) {
      return Future.failedFuture(OAuthProblem.unreadable(unreadable));
    }
    if (request.getClientAuthentication() == null)
      return Future.failedFuture(new OAuthProblem(OAuth2Error.INVALID_CLIENT));
    Secret token = Secret.of(request.getToken().getValue());
    return clients
        .authenticate(request.getClientAuthentication(), null, address)
        .compose(
            asker ->
                tokens
                    .check(token)
                    .compose(
                        found -> found.isPresent() ? access(found.get()) : refresh(token, asker)));
  }

  private Future<TokenIntrospectionSuccessResponse> access(AccessTokens.Standing standing) {
    AccessTokens.Claims claims = standing.claims();
    return metadata
        .users()
        .find(standing.grant().user())
        .map(
            user ->
                user.map(
                        holder ->
                            new TokenIntrospectionSuccessResponse.Builder(true)
                                .tokenType(AccessTokenType.BEARER)
                                .issuer(answering.issuer.id())
                                .audience(
                                    new Audience(answering.issuer.url()).toSingleAudienceList())
                                .subject(new Subject(claims.subject()))
                                .username(holder.username())
                                .clientID(new ClientID(claims.client()))
                                .scope(scope(Scope.text(claims.scopes())))
                                .jwtID(new JWTID(claims.id()))
                                .issueTime(Date.from(claims.issuedAt()))
                                .expirationTime(Date.from(claims.expiresAt()))
                                .build())
                    .orElse(INACTIVE));
  }

  private Future<TokenIntrospectionSuccessResponse> refresh(Secret token, OAuthApplication asker) {
    return metadata
        .grants()
        .findToken(vault.hash(token))
        .map(found -> found.filter(this::isGood))
        .compose(
            found ->
                found.isPresent()
                    ? metadata
                        .grants()
                        .find(found.get().grant())
                        .map(
                            grant ->
                                grant
                                    .filter(one -> one.application() == asker.id())
                                    .map(
                                        one ->
                                            new TokenIntrospectionSuccessResponse.Builder(true)
                                                .clientID(new ClientID(asker.uid()))
                                                .scope(scope(Scope.text(one.scopes())))
                                                .expirationTime(Date.from(found.get().expiresAt()))
                                                .build())
                                    .orElse(INACTIVE))
                    : Future.succeededFuture(INACTIVE));
  }

  private boolean isGood(OAuthToken token) {
    return token.request().isEmpty()
        && token.usedAt().isEmpty()
        && answering.clock.instant().isBefore(token.expiresAt());
  }

  private static com.nimbusds.oauth2.sdk.Scope scope(String text) {
    return com.nimbusds.oauth2.sdk.Scope.parse(text);
  }
}
