package io.mestral.verticles.auth.oauth;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.mestral.config.Hidden;
import io.mestral.config.OAuthOptions.External;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.User;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.verticles.auth.BearerTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.oauth2.OAuth2Auth;
import io.vertx.ext.auth.oauth2.OAuth2Options;
import io.vertx.ext.auth.oauth2.providers.OpenIDConnectAuth;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the access tokens of another OpenID provider, checked by its published keys. Its users come
 * in as the users that they are here ({@link ExternalUsers}), with no more rights than the token
 * carries.
 */
public final class ExternalProvider implements BearerTokens {
  private static final Logger log = LoggerFactory.getLogger(ExternalProvider.class);
  private static final Duration TRIED_EVERY = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final External options;
  private final ExternalUsers users;
  private final Clock clock;
  private final AtomicReference<Tried> found = new AtomicReference<>();

  private record Tried(Future<OAuth2Auth> provider, Instant at) {}

  /** The provider that the operator named. */
  public ExternalProvider(Vertx vertx, External options, ExternalUsers users, Clock clock) {
    this.vertx = vertx;
    this.options = options;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public Future<Optional<Bearer>> find(Secret token) {
    return checked(token)
        .compose(
            good ->
                good.isPresent()
                    ? bearer(good.get())
                    : Future.succeededFuture(Optional.<Bearer>empty()));
  }

  @Override
  public Future<Optional<Identity>> identity(Secret token) {
    return checked(token).map(good -> good.flatMap(this::identity));
  }

  /** A token as it was read, and whom to ask for more. */
  private record Good(OAuth2Auth provider, io.vertx.ext.auth.User token) {
    JsonObject claims() {
      return token.attributes().getJsonObject("accessToken", new JsonObject());
    }
  }

  private Optional<Identity> identity(Good good) {
    String subject = good.claims().getString("sub", "");
    return subject.isEmpty()
        ? Optional.empty()
        : Optional.of(new Identity(options.issuer(), subject));
  }

  private Future<Optional<Good>> checked(Secret token) {
    if (!isOurs(token)) return Future.succeededFuture(Optional.empty());
    return provider()
        .compose(
            provider ->
                checked(provider, token).map(found -> found.map(good -> new Good(provider, good))));
  }

  /** A signature that has no form at all is thrown at the caller, not told by the future. */
  private static Future<Optional<io.vertx.ext.auth.User>> checked(
      OAuth2Auth provider, Secret token) {
    return Future.succeededFuture(new TokenCredentials(token.reveal()))
        .compose(provider::authenticate)
        .map(Optional::of)
        .otherwise(Optional.empty());
  }

  /** What it says of itself only tells whom to ask. */
  private boolean isOurs(Secret token) {
    try {
      return JWTParser.parse(token.reveal()) instanceof SignedJWT signed
          && options.issuer().equals(signed.getJWTClaimsSet().getIssuer());
    } catch (ParseException noJwt) {
      return false;
    }
  }

  private Future<Optional<Bearer>> bearer(Good good) {
    Optional<Identity> identity = identity(good);
    if (identity.isEmpty()) return Future.succeededFuture(Optional.empty());
    JsonObject claims = good.claims();
    Instant end = Instant.ofEpochSecond(claims.getLong("exp", 0L));
    return users
        .known(identity.get(), () -> good.provider.userInfo(good.token))
        .map(user -> user.map(known -> bearer(known, claims, end)));
  }

  private static Bearer bearer(User user, JsonObject claims, Instant end) {
    Authority authority = Authority.delegated(scopes(claims), Set.of());
    return new Bearer(
        new Principal.User(user.id(), user.username(), user.role()).with(authority),
        Optional.of(end));
  }

  /** As one text (RFC 9068), or as a list, which some write. */
  private static Set<Scope> scopes(JsonObject claims) {
    Object said = claims.getValue("scope", claims.getValue("scp"));
    if (said instanceof JsonArray list)
      return Scope.known(String.join(" ", list.stream().map(String::valueOf).toList()));
    return said == null ? Set.of() : Scope.known(said.toString());
  }

  /** One that couldn't be reached is tried again, now and then. */
  private Future<OAuth2Auth> provider() {
    Instant now = clock.instant();
    Tried tried = found.get();
    if (tried != null && (!tried.provider.failed() || now.isBefore(tried.at.plus(TRIED_EVERY))))
      return tried.provider;
    Future<OAuth2Auth> asked = discover();
    return found.compareAndSet(tried, new Tried(asked, now)) ? asked : found.get().provider;
  }

  /**
   * Nobody asks the provider what to think of a token whose signature is wrong: that would let
   * strangers have this node ask as often as they like.
   */
  private Future<OAuth2Auth> discover() {
    OAuth2Options settings =
        new OAuth2Options()
            .setSite(options.issuer())
            .setClientId(options.clientId())
            .setClientSecret(options.clientSecret().map(Hidden::reveal).orElse(null))
            .setJWTOptions(
                new JWTOptions()
                    .setIssuer(options.issuer())
                    .addAudience(options.audience().orElse(options.clientId())));
    return OpenIDConnectAuth.discover(vertx, settings)
        .map(
            provider -> {
              settings.setIntrospectionPath(null);
              return provider.missingKeyHandler(key -> provider.jWKSet());
            })
        .recover(
            failure -> {
              log.warn("the OpenID provider can't be reached: {}", failure.toString());
              return Future.failedFuture(
                  new RefusedException(
                      Refusal.UNAVAILABLE, "the OpenID provider can't be reached"));
            });
  }
}
