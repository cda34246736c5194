package io.mestral.verticles.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.OAuthGrant;
import io.mestral.verticles.auth.BearerTokens;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks the access tokens that this node issued: signature and claims, once for each token; and
 * each time whether what it stands on was taken back.
 */
public final class AccessTokens implements BearerTokens {
  private static final int LONGEST = 4_096;
  private static final int REMEMBERED = 10_000;

  private final Vertx vertx;
  private final Metadata metadata;
  private final TokenVault vault;
  private final Keys keys;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Claims> checked = new LinkedHashMap<>(16, 0.75f, true);

  /** What tokens are held to. */
  public record Keys(Issuer issuer, SigningKeys signing) {}

  /** What a good token says. */
  record Claims(
      String id,
      UUID grant,
      String subject,
      String client,
      Set<Scope> scopes,
      Instant issuedAt,
      Instant expiresAt) {}

  /** A good token that stands. */
  record Standing(Claims claims, OAuthGrant grant) {}

  /** Of this node. */
  public AccessTokens(Vertx vertx, Metadata metadata, TokenVault vault, Keys keys, Clock clock) {
    this.vertx = vertx;
    this.metadata = metadata;
    this.vault = vault;
    this.keys = keys;
    this.clock = clock;
  }

  /** What a principal stands on that shows a token of this grant. */
  static String standing(UUID grant) {
    return "grant:" + grant;
  }

  /** What a principal stands on that shows this one token. */
  static String standing(String accessToken) {
    return "access-token:" + accessToken;
  }

  @Override
  public Future<Optional<Bearer>> find(Secret token) {
    return check(token)
        .compose(
            found ->
                found.isPresent()
                    ? metadata
                        .users()
                        .find(found.get().grant.user())
                        .map(user -> user.map(holder -> bearer(holder, found.get().claims)))
                    : Future.succeededFuture(Optional.empty()));
  }

  private static Bearer bearer(User holder, Claims claims) {
    Principal.User user = new Principal.User(holder.id(), holder.username(), holder.role());
    Set<String> standsOn = Set.of(standing(claims.grant), standing(claims.id));
    return new Bearer(
        user.with(Authority.delegated(claims.scopes, standsOn)), Optional.of(claims.expiresAt));
  }

  /** Empty when it is no good any more, or never was. */
  Future<Optional<Standing>> check(Secret token) {
    return claims(token)
        .map(found -> found.filter(claims -> clock.instant().isBefore(claims.expiresAt)))
        .compose(
            found ->
                found.isPresent()
                    ? metadata
                        .grants()
                        .standing(found.get().grant, found.get().id)
                        .map(grant -> grant.map(g -> new Standing(found.get(), g)))
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Claims>> claims(Secret token) {
    if (token.reveal().length() > LONGEST) return Future.succeededFuture(Optional.empty());
    String hash = vault.hash(token);
    Optional<Claims> known = remembered(hash);
    if (known.isPresent()) return Future.succeededFuture(known);
    Optional<SignedJWT> parsed = parse(token.reveal());
    if (parsed.isEmpty()) return Future.succeededFuture(Optional.empty());
    return keys.signing
        .named(parsed.get().getHeader().getKeyID())
        .compose(
            key ->
                key.isPresent()
                    ? vertx.executeBlocking(() -> verified(parsed.get(), key.get()), false)
                    : Future.succeededFuture(Optional.<Claims>empty()))
        .onSuccess(claims -> claims.ifPresent(good -> remember(hash, good)));
  }

  /** Only what looks like one of ours is worth a look at its signature. */
  private static Optional<SignedJWT> parse(String text) {
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      boolean ours =
          JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
              && TokenMint.ACCESS_TOKEN.equals(jwt.getHeader().getType())
              && jwt.getHeader().getKeyID() != null;
      return ours ? Optional.of(jwt) : Optional.empty();
    } catch (ParseException noJwt) {
      return Optional.empty();
    }
  }

  private Optional<Claims> verified(SignedJWT jwt, ECKey key) throws JOSEException {
    if (!jwt.verify(new ECDSAVerifier(key))) return Optional.empty();
    try {
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String url = keys.issuer.url();
      if (!url.equals(claims.getIssuer()) || !claims.getAudience().contains(url))
        return Optional.empty();
      return Optional.of(
          new Claims(
              claims.getJWTID(),
              UUID.fromString(claims.getStringClaim(TokenMint.GRANT)),
              claims.getSubject(),
              claims.getStringClaim("client_id"),
              Scope.known(claims.getStringClaim("scope")),
              claims.getIssueTime().toInstant(),
              claims.getExpirationTime().toInstant()));
    } catch (ParseException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private Optional<Claims> remembered(String hash) {
    lock.lock();
    try {
      return Optional.ofNullable(checked.get(hash));
    } finally {
      lock.unlock();
    }
  }

  private void remember(String hash, Claims claims) {
    lock.lock();
    try {
      checked.put(hash, claims);
      if (checked.size() > REMEMBERED) checked.remove(checked.keySet().iterator().next());
    } finally {
      lock.unlock();
    }
  }
}
