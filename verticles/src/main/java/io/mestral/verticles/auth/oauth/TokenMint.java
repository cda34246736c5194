package io.mestral.verticles.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.mestral.model.access.Scope;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes access tokens (RFC 9068) and identity tokens (OpenID Connect Core 2). */
final class TokenMint {
  /** Which grant an access token stands on. */
  static final String GRANT = "grant";

  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final Vertx vertx;
  private final Issuer issuer;
  private final SigningKeys keys;
  private final Duration lifetime;
  private final Clock clock;

  TokenMint(Vertx vertx, Issuer issuer, SigningKeys keys, Duration lifetime, Clock clock) {
    this.vertx = vertx;
    this.issuer = issuer;
    this.keys = keys;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  Duration lifetime() {
    return lifetime;
  }

  /**
   * Succeeds with a signed token.
   *
   * @param subject who it speaks for: a user's UUID, or the application's own name
   * @param scopes of those granted
   */
  Future<BearerAccessToken> accessToken(
      OAuthGrant grant, OAuthApplication application, String subject, Set<Scope> scopes) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.url())
            .audience(issuer.url())
            .subject(subject)
            .claim("client_id", application.uid())
            .claim("scope", Scope.text(scopes))
            .claim("auth_time", grant.signedInAt().getEpochSecond())
            .claim(GRANT, grant.id().toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    com.nimbusds.oauth2.sdk.Scope granted = com.nimbusds.oauth2.sdk.Scope.parse(Scope.text(scopes));
    return signed(claims, ACCESS_TOKEN)
        .map(jwt -> new BearerAccessToken(jwt.serialize(), lifetime.toSeconds(), granted));
  }

  /** Succeeds with a signed token that tells the application who signed in, and when. */
  Future<SignedJWT> idToken(
      OAuthGrant grant,
      OAuthApplication application,
      String subject,
      BearerAccessToken accessToken,
      Optional<String> nonce) {
    Instant now = clock.instant();
    IDTokenClaimsSet claims =
        new IDTokenClaimsSet(
            issuer.id(),
            new Subject(subject),
            new Audience(application.uid()).toSingleAudienceList(),
            Date.from(now.plus(lifetime)),
            Date.from(now));
    claims.setAuthenticationTime(Date.from(grant.signedInAt()));
    nonce.map(Nonce::new).ifPresent(claims::setNonce);
    claims.setAccessTokenHash(AccessTokenHash.compute(accessToken, JWSAlgorithm.ES256, null));
    try {
      return signed(claims.toJWTClaimsSet(), JOSEObjectType.JWT);
    } catch (ParseException e) {
      return Future.failedFuture(e);
    }
  }

  /** A signature takes a millisecond: not on an event loop. */
  private Future<SignedJWT> signed(JWTClaimsSet claims, JOSEObjectType type) {
    return keys.signing()
        .compose(key -> vertx.executeBlocking(() -> sign(key, claims, type), false));
  }

  private static SignedJWT sign(ECKey key, JWTClaimsSet claims, JOSEObjectType type)
      throws JOSEException {
    JWSHeader head =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build();
    SignedJWT jwt = new SignedJWT(head, claims);
    jwt.sign(new ECDSASigner(key));
    return jwt;
  }
}
