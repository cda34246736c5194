package io.mestral.verticles.people;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.Mail;
import io.mestral.storage.Metadata;
import io.mestral.storage.PasswordReset;
import io.mestral.storage.PasswordResets;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.Networks;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TooManyWrongLogins;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.Values;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets people who forgot their password set another: a code is mailed, of which only the keyed hash
 * is kept; it works once and for a while, and a new one ends the former. Each account and each
 * address may ask so many times an hour, whether or not there is such an account, and each address
 * may try so many codes.
 */
public final class ForgottenPasswords {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int FOR_AN_ACCOUNT = 4;
  private static final int FOR_AN_ADDRESS = 30;
  private static final int TRIES = 120;
  private static final int REMEMBERED = 50_000;

  private final UserRegistry users;
  private final PasswordResets resets;
  private final TokenVault vault;
  private final Passwords passwords;
  private final Duration lifetime;
  private final Clock clock;
  private final Turns accounts;
  private final Turns addresses;
  private final Turns tries;

  /**
   * @param lifetime of a code
   */
  public ForgottenPasswords(
      Metadata metadata, TokenVault vault, Passwords passwords, Duration lifetime, Clock clock) {
    this.users = metadata.users();
    this.resets = metadata.passwordResets();
    this.vault = vault;
    this.passwords = passwords;
    this.lifetime = lifetime;
    this.clock = clock;
    this.accounts = new Turns(FOR_AN_ACCOUNT, HOUR, REMEMBERED, clock);
    this.addresses = new Turns(FOR_AN_ADDRESS, HOUR, REMEMBERED, clock);
    this.tries = new Turns(TRIES, HOUR, REMEMBERED, clock);
  }

  /**
   * Succeeds with who is meant; empty when there is no such account. Fails with {@link
   * TooManyWrongLogins} when it was asked for too often.
   *
   * @param wanted name or address, letters' case aside
   * @param asker the address that the question comes from
   */
  public Future<Optional<User>> find(String wanted, String asker) {
    if (!addresses.take(Networks.of(asker))) return Future.failedFuture(new TooManyWrongLogins());
    return users
        .findByNameOrEmail(wanted)
        .compose(
            found -> {
              String account =
                  found
                      .map(user -> "user " + user.id())
                      .orElseGet(() -> vault.hash(Secret.of(wanted)));
              return accounts.take(account)
                  ? Future.succeededFuture(found)
                  : Future.failedFuture(new TooManyWrongLogins());
            });
  }

  /** Makes a code for a user and queues the mail with it. */
  public Future<Void> mailCode(User user, Letters letters) {
    Secret code = vault.newResetCode();
    Instant end = clock.instant().plus(lifetime);
    String hash = vault.hash(code);
    Values values =
        Values.NONE
            .withLink("link", letters.base() + "/password_reset/" + code.reveal())
            .with("until", Letters.time(end, user));
    Mail mail = letters.write(LetterKind.PASSWORD_RESET, "password_reset/" + hash, user, values);
    return resets.put(new PasswordReset(hash, user.id(), end), mail);
  }

  /** Whose password may be set with a code; empty when it is wrong, spent, or over. */
  public Future<Optional<User>> holder(Secret code, String asker) {
    if (!tries.take(Networks.of(asker))) return Future.failedFuture(new TooManyWrongLogins());
    return resets
        .find(vault.hash(code))
        .map(found -> found.filter(reset -> clock.instant().isBefore(reset.expiresAt())))
        .compose(
            reset ->
                reset.isPresent()
                    ? users.find(reset.get().user())
                    : Future.succeededFuture(Optional.empty()));
  }

  /** Spends a code: the password is another and all sessions end. Empty as {@link #holder}. */
  public Future<Optional<UserId>> redeem(Secret code, Secret password) {
    return passwords
        .hash(password)
        .compose(hash -> resets.redeem(vault.hash(code), hash, clock.instant()));
  }
}
