package io.mestral.verticles.auth;

import io.mestral.model.access.Login;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.scram.ScramKeys;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose keys a SCRAM log-in is checked against: those kept with a user's password, or those that
 * follow from a device's token. A name that means nobody gets keys that look alike and no password
 * has, the same ones each time.
 */
final class ScramAccounts {
  private static final int SALT_BYTES = 16;

  /** Whose keys they are; nobody's when empty. */
  record Account(ScramKeys keys, Optional<Login> holder) {}

  private final Metadata metadata;
  private final DeviceTokens tokens;
  private final TokenVault vault;
  private final Passwords passwords;

  ScramAccounts(Metadata metadata, DeviceTokens tokens, TokenVault vault, Passwords passwords) {
    this.metadata = metadata;
    this.tokens = tokens;
    this.vault = vault;
    this.passwords = passwords;
  }

  Future<Account> named(String name) {
    return name.startsWith(TokenVerifier.DEVICE_PREFIX) ? device(name) : user(name);
  }

  /**
   * Keys are derived for a device that doesn't exist, too: the answer comes after the same time.
   */
  private Future<Account> device(String name) {
    return CertificateHolders.deviceNamed(name)
        .map(metadata.devices()::find)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(
            found -> {
              Optional<Secret> token = found.flatMap(Device::token).flatMap(vault::open);
              Secret known = token.orElseGet(vault::newApiToken);
              return Future.all(passwords.deviceKeys(known, salt(name)), tokens.login(known))
                  .map(both -> new Account(both.resultAt(0), both.resultAt(1)));
            });
  }

  private Future<Account> user(String name) {
    return metadata
        .users()
        .findByNameOrEmail(name)
        .compose(
            found ->
                found.isPresent()
                    ? keys(found.get()).map(keys -> account(name, keys, found))
                    : Future.succeededFuture(account(name, Optional.empty(), found)));
  }

  private Future<Optional<ScramKeys>> keys(User user) {
    return metadata.users().passwordHash(user.id()).map(kept -> kept.flatMap(passwords::scramKeys));
  }

  private Account account(String name, Optional<ScramKeys> keys, Optional<User> user) {
    return keys.map(
            kept ->
                new Account(
                    kept, TokenVerifier.widened(TokenVerifier.principal(user)).map(Login::of)))
        .orElseGet(
            () ->
                new Account(
                    ScramKeys.ofNobody(salt(name), Passwords.USER_ITERATIONS), Optional.empty()));
  }

  /** The same however a name is written, as the salts of those who are there are. */
  private byte[] salt(String name) {
    String hash = vault.hash(Secret.of("the salt of " + name.toLowerCase(Locale.ROOT)));
    return Arrays.copyOf(HexFormat.of().parseHex(hash), SALT_BYTES);
  }
}
