package io.mestral.verticles.auth.oauth;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.OAuthApplication;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Registers applications and changes them. */
public final class Applications {
  /** What an application may ask for that doesn't say. */
  public static final Set<Scope> MODEST =
      Collections.unmodifiableSet(
          EnumSet.of(
              Scope.OPENID, Scope.PROFILE, Scope.EMAIL, Scope.DEVICES_READ, Scope.READINGS_READ));

  /** How many addresses one may have its answers sent to. */
  public static final int MOST_REDIRECT_URIS = RedirectUris.MOST;

  private final ApplicationRegistry registry;
  private final Revocations revocations;
  private final TokenVault vault;
  private final Clock clock;

  Applications(
      ApplicationRegistry registry, Revocations revocations, TokenVault vault, Clock clock) {
    this.registry = registry;
    this.revocations = revocations;
    this.vault = vault;
    this.clock = clock;
  }

  /** What somebody wants an application to be; checked. */
  public record Wanted(String name, List<String> redirectUris, Set<Scope> scopes) {}

  /** Whether an answer may be sent there at all. */
  public static boolean isRedirectUri(String text) {
    return RedirectUris.isRegistrable(text);
  }

  /**
   * Succeeds with a new application.
   *
   * @param owner empty for a stranger's
   * @param confidential whether it is to have a secret
   */
  public Future<OAuthApplication> register(
      Wanted wanted, Optional<UserId> owner, boolean confidential) {
    Instant now = clock.instant();
    return registry.add(
        new OAuthApplication(
            0,
            owner,
            UUID.randomUUID().toString(),
            confidential ? Optional.of(vault.seal(vault.newApiToken())) : Optional.empty(),
            wanted.name,
            wanted.redirectUris,
            wanted.scopes,
            now,
            now));
  }

  /** Those that this user registered. */
  public Future<List<OAuthApplication>> ownedBy(UserId owner) {
    return registry.ownedBy(owner);
  }

  /** Empty when this user registered no such application. */
  public Future<Optional<OAuthApplication>> find(long id, UserId owner) {
    return registry
        .find(id)
        .map(found -> found.filter(one -> one.owner().equals(Optional.of(owner))));
  }

  /** Succeeds with the application as it is now; with fewer scopes than before all grants end. */
  public Future<OAuthApplication> change(OAuthApplication before, Wanted wanted) {
    Instant now = clock.instant();
    return registry
        .update(
            before.id(),
            current ->
                new OAuthApplication(
                    current.id(),
                    current.owner(),
                    current.uid(),
                    current.secret(),
                    wanted.name,
                    wanted.redirectUris,
                    wanted.scopes,
                    current.createdAt(),
                    now))
        .compose(
            changed ->
                changed.scopes().containsAll(before.scopes())
                    ? Future.succeededFuture(changed)
                    : revocations.application(changed.id()).map(changed));
  }

  /** Forgets it; everything ends that was granted to it. */
  public Future<Void> remove(OAuthApplication application) {
    return revocations
        .application(application.id())
        .compose(done -> registry.remove(application.id()));
  }

  /** Its secret, to be shown to its owner; empty when it has none. */
  public Optional<Secret> secretOf(OAuthApplication application) {
    return application.secret().flatMap(vault::open);
  }
}
