package io.mestral.verticles.auth;

import io.mestral.model.UserId;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.storage.ApiToken;
import io.mestral.storage.ApiToken.Kind;
import io.mestral.storage.Metadata;
import io.mestral.storage.NamedToken;
import io.mestral.verticles.auth.BearerTokens.Bearer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that users have from the platform, looked up each time, and when they were used. */
public final class ApiTokens {
  private static final Logger log = LoggerFactory.getLogger(ApiTokens.class);

  private final Metadata metadata;
  private final TokenVault vault;
  private final Clock clock;
  private final NotedUses uses;

  ApiTokens(Metadata metadata, TokenVault vault, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.clock = clock;
    this.uses = new NotedUses(clock);
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
    String hash = vault.hash(token);
    return metadata
        .tokens()
        .find(hash)
        .compose(found -> found.isPresent() ? ofPrivate(found.get()) : named(hash))
        .compose(found -> found.isPresent() ? Future.succeededFuture(found) : fromAbove(token))
        .onSuccess(bearer -> bearer.ifPresent(good -> note(hash)));
  }

  private Future<Optional<Bearer>> ofPrivate(ApiToken token) {
    if (token.kind() == Kind.SESSION || !isAlive(token.expiresAt()))
      return Future.succeededFuture(Optional.empty());
    Authority authority = Authority.own(standing(token.token().hash()));
    return user(token.user())
        .map(found -> found.map(user -> new Bearer(user.with(authority), token.expiresAt())));
  }

  /** A private token that the node above has given. */
  private Future<Optional<Bearer>> fromAbove(Secret token) {
    Optional<String> hash = vault.sharedHash(token);
    if (hash.isEmpty()) return Future.succeededFuture(Optional.empty());
    return metadata
        .replica()
        .holderOf(hash.get())
        .map(found -> found.filter(holder -> isAlive(holder.until())))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : user(found.get().user())
                        .map(
                            user ->
                                user.map(one -> one.with(Authority.own(standing(hash.get()))))
                                    .map(one -> new Bearer(one, found.get().until()))));
  }

  private Future<Optional<Bearer>> named(String hash) {
    return metadata
        .namedTokens()
        .find(hash)
        .map(found -> found.filter(token -> isAlive(token.expiresAt())))
        .compose(
            found ->
                found.isPresent()
                    ? ofNamed(found.get())
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Bearer>> ofNamed(NamedToken token) {
    Authority authority = Authority.delegated(token.scopes(), Set.of(standing(token.hash())));
    return user(token.user())
        .map(found -> found.map(user -> new Bearer(user.with(authority), token.expiresAt())));
  }

  Future<Optional<Holder>> session(Secret token) {
    return metadata
        .tokens()
        .find(vault.hash(token))
        .map(
            found ->
                found.filter(known -> known.kind() == Kind.SESSION && isAlive(known.expiresAt())))
        .compose(
            found ->
                found.isPresent()
                    ? user(found.get().user())
                        .map(user -> user.map(u -> new Holder(u, found.get().createdAt())))
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<Principal.User>> user(UserId id) {
    return metadata.users().find(id).map(TokenVerifier::principal);
  }

  private boolean isAlive(Optional<Instant> end) {
    return end.map(clock.instant()::isBefore).orElse(true);
  }

  /** Nobody waits for it, and nobody is refused because it can't be written. */
  private void note(String hash) {
    if (!uses.isDue(hash)) return;
    metadata
        .tokenUses()
        .note(hash, clock.instant())
        .onFailure(failure -> log.debug("last use not noted: {}", failure.toString()));
  }
}
