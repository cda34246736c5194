package io.mestral.node;

import io.mestral.config.Hidden;
import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.Conflict;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.account.Accounts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The account that a node begins with. It is made once; a password given later changes nothing, for
 * somebody may have changed it meanwhile.
 */
final class Administrator {
  private static final String NAME = "admin";
  private static final String EMAIL = "admin@localhost";
  private static final int TOKEN_ATTEMPTS = 20;
  private static final int TOKEN_PAUSE_MILLIS = 100;

  /**
   * What came of it.
   *
   * @param token the administrator's private token
   * @param newPassword the one that was made up; empty when it was given or the account existed
   */
  record Credentials(Secret token, Optional<Secret> newPassword) {}

  private final Vertx vertx;
  private final Metadata metadata;
  private final TokenVault vault;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Clock clock;

  Administrator(
      Vertx vertx, Metadata metadata, TokenVault vault, Passwords passwords, Clock clock) {
    this.vertx = vertx;
    this.metadata = metadata;
    this.vault = vault;
    this.passwords = passwords;
    this.accounts = new Accounts(metadata, vault, passwords, clock, AccountChanges.UNHEARD);
    this.clock = clock;
  }

  /** Makes the account when there is none, and succeeds with its token. */
  Future<Credentials> ensure(Optional<Hidden> givenPassword) {
    return metadata
        .users()
        .administrator() // by role: the account may have another name by now
        .compose(
            found ->
                found.isPresent()
                    ? accounts
                        .privateToken(found.get().id())
                        .map(token -> new Credentials(token, Optional.empty()))
                    : make(givenPassword).recover(this::whoWasQuicker));
  }

  /** Another node that starts on the same database may have made the account meanwhile. */
  private Future<Credentials> whoWasQuicker(Throwable failure) {
    if (!(failure instanceof Conflict)) return Future.failedFuture(failure);
    return metadata
        .users()
        .administrator()
        .compose(
            found ->
                found.isPresent()
                    ? tokenOf(found.get(), TOKEN_ATTEMPTS)
                    : Future.failedFuture(failure))
        .map(token -> new Credentials(token, Optional.empty()));
  }

  /** The other node makes the token after the account; a second one would end the first. */
  private Future<Secret> tokenOf(User administrator, int attempts) {
    return metadata
        .tokens()
        .privateTokenOf(administrator.id())
        .compose(
            found ->
                found.isPresent() || attempts == 0
                    ? accounts.privateToken(administrator.id())
                    : vertx
                        .timer(TOKEN_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(later -> tokenOf(administrator, attempts - 1)));
  }

  private Future<Credentials> make(Optional<Hidden> givenPassword) {
    Optional<Secret> madeUp =
        givenPassword.isPresent() ? Optional.empty() : Optional.of(vault.newApiToken());
    Secret password = madeUp.orElseGet(() -> Secret.of(givenPassword.orElseThrow().reveal()));
    return passwords
        .hash(password)
        .compose(hash -> metadata.users().add(draft(), hash))
        .compose(user -> accounts.privateToken(user.id()))
        .map(token -> new Credentials(token, madeUp));
  }

  private User draft() {
    byte[] legacyKey = new byte[20];
    new SecureRandom().nextBytes(legacyKey);
    Instant now = clock.instant();
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        NAME,
        EMAIL,
        Role.ADMIN.mask(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        HexFormat.of().formatHex(legacyKey),
        now,
        now);
  }
}
