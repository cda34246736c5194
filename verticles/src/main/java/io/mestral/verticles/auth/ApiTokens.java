package io.mestral.verticles.auth;

import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.storage.ApiToken;
import io.mestral.storage.ApiToken.Kind;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.BearerTokens.Bearer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that users have from the platform, looked up each time, and when they were used. */
public final class ApiTokens {
  private static final Logger log = LoggerFactory.getLogger(ApiTokens.class);

  /** So seldom is it written down that a token was used. */
  private static final Duration NOTED_EVERY = Duration.ofHours(1);

  private final Metadata metadata;
  private final TokenVault vault;
  private final Clock clock;

  ApiTokens(Metadata metadata, TokenVault vault, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * Who has a browser session.
   *
   * @param since when they signed in
   */
  public record Holder(Principal.User user, Instant since) {}

  /** What a principal stands on that shows the token with this hash. */
  public static String standing(String hash) {
    return "token:" + hash;
  }

  /** Whom a private or named token speaks for. */
  Future<Optional<Bearer>> find(Secret token) {
    return living(token)
        .map(found -> found.filter(known -> known.kind() != Kind.SESSION))
        .compose(
            found ->
                found.isPresent()
                    ? user(found.get())
                        .onSuccess(user -> note(found.get()))
                        .map(user -> user.map(u -> new Bearer(u, found.get().expiresAt())))
                    : Future.succeededFuture(Optional.empty()));
  }

  Future<Optional<Holder>> session(Secret token) {
    return living(token)
        .map(found -> found.filter(known -> known.kind() == Kind.SESSION))
        .compose(
            found ->
                found.isPresent()
                    ? user(found.get())
                        .map(user -> user.map(u -> new Holder(u, found.get().createdAt())))
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<ApiToken>> living(Secret token) {
    return metadata
        .tokens()
        .find(vault.hash(token))
        .map(found -> found.filter(known -> isAlive(known, clock.instant())));
  }

  private Future<Optional<Principal.User>> user(ApiToken token) {
    String standing = standing(token.token().hash());
    return metadata
        .users()
        .find(token.user())
        .map(TokenVerifier::principal)
        .map(
            user ->
                user.map(
                    holder ->
                        holder.with(
                            token.kind() == Kind.NAMED
                                ? Authority.delegated(token.terms().scopes(), Set.of(standing))
                                : Authority.own(standing))));
  }

  /** Nobody waits for it, and nobody is refused because it can't be written. */
  private void note(ApiToken token) {
    Instant now = clock.instant();
    if (token.lastUsedAt().filter(now.minus(NOTED_EVERY)::isBefore).isPresent()) return;
    metadata
        .tokens()
        .used(token.token().hash(), now)
        .onFailure(failure -> log.debug("last use not noted: {}", failure.toString()));
  }

  private static boolean isAlive(ApiToken token, Instant now) {
    return token.expiresAt().map(now::isBefore).orElse(true);
  }
}
