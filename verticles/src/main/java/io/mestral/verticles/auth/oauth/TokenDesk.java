package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.OAuthToken;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The token endpoint: codes, refresh tokens and secrets of applications for access tokens. */
public final class TokenDesk {
  /** What an application may not do in its own name. */
  private static final Set<Scope> OF_PEOPLE = EnumSet.of(Scope.OPENID, Scope.PROFILE, Scope.EMAIL);

  private final Metadata metadata;
  private final TokenVault vault;
  private final ClientLogins clients;
  private final Minting minting;
  private final Clock clock;

  /**
   * How tokens are made.
   *
   * @param refreshLifetime how long a refresh token waits to be used
   */
  record Minting(TokenMint mint, Revocations revocations, Duration refreshLifetime) {}

  TokenDesk(
      Metadata metadata, TokenVault vault, ClientLogins clients, Minting minting, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.clients = clients;
    this.minting = minting;
    this.clock = clock;
  }

  /**
   * Succeeds with tokens; fails with an {@link OAuthProblem}.
   *
   * @param address where the request came from
   * @param witness hears whose grant it is about
   */
  public Future<AccessTokenResponse> answer(
      HTTPRequest http, String address, GrantWitness witness) {
    TokenRequest request;
    try {
      request = TokenRequest.parse(http);
    } catch (ParseException unreadable) {
      return Future.failedFuture(OAuthProblem.unreadable(unreadable));
    }
    return clients
        .authenticate(request.getClientAuthentication(), request.getClientID(), address)
        .compose(application -> answer(request, new Asker(application, witness)));
  }

  /** Who asks, and who hears what for. */
  private record Asker(OAuthApplication application, GrantWitness witness) {
    void isAbout(OAuthGrant grant) {
      witness.about(application.id(), grant.user());
    }
  }

  private Future<AccessTokenResponse> answer(TokenRequest request, Asker asker) {
    AuthorizationGrant grant = request.getAuthorizationGrant();
    if (grant instanceof AuthorizationCodeGrant code) return byCode(code, asker);
    if (grant instanceof RefreshTokenGrant refresh) return byRefresh(refresh, request, asker);
    if (grant instanceof ClientCredentialsGrant) return inItsOwnName(request, asker);
    return refused(new OAuthProblem(OAuth2Error.UNSUPPORTED_GRANT_TYPE));
  }

  private Future<AccessTokenResponse> byCode(AuthorizationCodeGrant shown, Asker asker) {
    return exchangeable(shown.getAuthorizationCode().getValue(), asker, true)
        .compose(
            found -> {
              OAuthToken.CodeRequest asked = found.token.request().orElseThrow();
              boolean elsewhere =
                  shown.getRedirectionURI() != null
                      && !shown.getRedirectionURI().toString().equals(asked.redirectUri());
              return elsewhere || !isVerified(shown, asked)
                  ? refused(invalidGrant())
                  : exchange(found, asker.application, found.grant.scopes(), asked.nonce());
            });
  }

  /** Compares in a time that doesn't tell where the difference is. */
  private static boolean isVerified(AuthorizationCodeGrant shown, OAuthToken.CodeRequest asked) {
    if (shown.getCodeVerifier() == null) return false;
    String computed =
        CodeChallenge.compute(CodeChallengeMethod.S256, shown.getCodeVerifier()).getValue();
    return Secret.of(computed).equals(Secret.of(asked.challenge()));
  }

  private Future<AccessTokenResponse> byRefresh(
      RefreshTokenGrant shown, TokenRequest request, Asker asker) {
    return exchangeable(shown.getRefreshToken().getValue(), asker, false)
        .compose(
            found ->
                exchange(
                    found,
                    asker.application,
                    narrowed(request, found.grant.scopes()),
                    Optional.empty()));
  }

  private record Exchangeable(OAuthToken token, OAuthGrant grant, User user) {}

  /**
   * What a code or a refresh token is worth. One that was used before was stolen, from whoever
   * comes second or first: then everything ends that came of the same grant (RFC 6749, 10.5; OAuth
   * 2.1, 4.3.1).
   */
  private Future<Exchangeable> exchangeable(String shown, Asker asker, boolean isCode) {
    return metadata
        .grants()
        .findToken(vault.hash(Secret.of(shown)))
        .compose(
            found ->
                found.isPresent() && found.get().request().isPresent() == isCode
                    ? judged(found.get(), asker)
                    : refused(invalidGrant()));
  }

  private Future<Exchangeable> judged(OAuthToken token, Asker asker) {
    return metadata
        .grants()
        .find(token.grant())
        .compose(
            grant -> {
              if (grant.isEmpty() || grant.get().application() != asker.application.id())
                return refused(invalidGrant());
              asker.isAbout(grant.get());
              if (token.usedAt().isPresent())
                return minting
                    .revocations
                    .grant(token.grant())
                    .compose(done -> refused(invalidGrant()));
              if (!clock.instant().isBefore(token.expiresAt())) return refused(invalidGrant());
              return metadata
                  .users()
                  .find(grant.get().user())
                  .compose(
                      user ->
                          user.isPresent()
                              ? Future.succeededFuture(
                                  new Exchangeable(token, grant.get(), user.get()))
                              : refused(invalidGrant()));
            });
  }

  private Future<AccessTokenResponse> exchange(
      Exchangeable found, OAuthApplication application, Set<Scope> scopes, Optional<String> nonce) {
    Instant now = clock.instant();
    Secret refresh = vault.newApiToken();
    OAuthToken next =
        new OAuthToken(
            vault.hash(refresh),
            found.grant.id(),
            Optional.empty(),
            now,
            now.plus(minting.refreshLifetime),
            Optional.empty());
    String subject = found.user.uuid().toString();
    return metadata
        .grants()
        .exchange(found.token.hash(), next)
        .compose(
            first ->
                first
                    ? minting.mint.accessToken(found.grant, application, subject, scopes)
                    : minting
                        .revocations
                        .grant(found.grant.id())
                        .compose(done -> refused(invalidGrant())))
        .compose(
            access -> {
              RefreshToken rotated = new RefreshToken(refresh.reveal());
              if (!scopes.contains(Scope.OPENID))
                return Future.succeededFuture(new AccessTokenResponse(new Tokens(access, rotated)));
              return minting
                  .mint
                  .idToken(found.grant, application, subject, access, nonce)
                  .map(id -> new OIDCTokenResponse(new OIDCTokens(id, access, rotated)));
            });
  }

  /** For its owner, as far as the application may go; a stranger's is nobody's. */
  private Future<AccessTokenResponse> inItsOwnName(TokenRequest request, Asker asker) {
    OAuthApplication application = asker.application;
    if (!application.isConfidential() || application.owner().isEmpty())
      return refused(new OAuthProblem(OAuth2Error.UNAUTHORIZED_CLIENT));
    Set<Scope> allowed = EnumSet.noneOf(Scope.class);
    allowed.addAll(application.scopes());
    allowed.removeAll(OF_PEOPLE);
    Set<Scope> scopes = narrowed(request, allowed);
    if (scopes.isEmpty()) return refused(new OAuthProblem(OAuth2Error.INVALID_SCOPE));
    Instant now = clock.instant();
    OAuthGrant grant =
        new OAuthGrant(
            UUID.randomUUID(),
            application.id(),
            application.owner().get(),
            scopes,
            now,
            now,
            now.plus(minting.mint.lifetime()));
    asker.isAbout(grant);
    return metadata
        .grants()
        .add(grant)
        .compose(done -> minting.mint.accessToken(grant, application, application.uid(), scopes))
        .map(access -> new AccessTokenResponse(new Tokens(access, null)));
  }

  /** Never more than there is (RFC 6749, 6). */
  private static Set<Scope> narrowed(TokenRequest request, Set<Scope> most) {
    if (request.getScope() == null || request.getScope().isEmpty()) return most;
    Set<Scope> asked = Scope.known(request.getScope().toString());
    if (asked.isEmpty() || !most.containsAll(asked))
      throw new OAuthProblem(OAuth2Error.INVALID_SCOPE);
    return asked;
  }

  private static OAuthProblem invalidGrant() {
    return new OAuthProblem(OAuth2Error.INVALID_GRANT);
  }

  private static <T> Future<T> refused(OAuthProblem problem) {
    return Future.failedFuture(problem);
  }
}
