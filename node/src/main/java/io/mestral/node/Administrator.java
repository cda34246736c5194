package io.mestral.node;

import io.mestral.config.Hidden;
import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.account.Accounts;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The account that a node begins with. It is made once; a password given later changes nothing, for
 * somebody may have changed it meanwhile.
 */
final class Administrator {
  private static final String NAME = "admin";
  private static final String EMAIL = "admin@localhost";

  /**
   * What came of it.
   *
   * @param token the administrator's private token
   * @param newPassword the one that was made up; empty when it was given or the account existed
   */
  record Credentials(Secret token, Optional<Secret> newPassword) {}

  private final Metadata metadata;
  private final TokenVault vault;
  private final Passwords passwords;
  private final Accounts accounts;
  private final Clock clock;

  Administrator(Metadata metadata, TokenVault vault, Passwords passwords, Clock clock) {
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
                    : make(givenPassword));
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
