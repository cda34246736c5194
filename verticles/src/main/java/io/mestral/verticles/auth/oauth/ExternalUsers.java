package io.mestral.verticles.auth.oauth;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.Conflict;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the users of another OpenID provider are here: by what the provider calls them, once that is
 * known; at first sight by an e-mail address that the provider has verified; else somebody new,
 * where anybody may sign up.
 */
public final class ExternalUsers {
  private static final Logger log = LoggerFactory.getLogger(ExternalUsers.class);
  private static final int LEGACY_KEY_BYTES = 20;
  private static final int LONGEST_NAME = 24; // and a few digits behind it
  private static final int ATTEMPTS = 5;

  private final Metadata metadata;
  private final Passwords passwords;
  private final TokenVault vault;
  private final boolean mayBeNew;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Users of that store.
   *
   * @param mayBeNew whether accounts are made for those who have none
   */
  public ExternalUsers(
      Metadata metadata, Passwords passwords, TokenVault vault, boolean mayBeNew, Clock clock) {
    this.metadata = metadata;
    this.passwords = passwords;
    this.vault = vault;
    this.mayBeNew = mayBeNew;
    this.clock = clock;
  }

  /**
   * Empty when they have no account here and get none.
   *
   * @param asked asks the provider for more, which is only done at first sight
   */
  Future<Optional<User>> known(String issuer, String subject, Supplier<Future<JsonObject>> asked) {
    Identity identity = new Identity(issuer, subject);
    return metadata
        .identities()
        .find(identity)
        .compose(
            id ->
                id.isPresent()
                    ? metadata.users().find(id.get())
                    : asked
                        .get()
                        .otherwise(new JsonObject())
                        .compose(info -> atFirstSight(identity, info)));
  }

  private Future<Optional<User>> atFirstSight(Identity identity, JsonObject info) {
    String email = info.getString("email", "");
    boolean verified = Boolean.TRUE.equals(info.getValue("email_verified"));
    if (email.isBlank() || !identity.subject().equals(info.getString("sub")))
      return Future.succeededFuture(Optional.empty());
    return metadata
        .users()
        .findByNameOrEmail(email)
        .map(found -> found.filter(user -> user.email().equalsIgnoreCase(email)))
        .compose(
            found -> {
              if (found.isPresent() && !verified) {
                log.info("nobody verified that an e-mail address of {} is theirs", identity);
                return Future.succeededFuture(Optional.<User>empty());
              }
              if (found.isEmpty() && !mayBeNew) return Future.succeededFuture(found);
              return found.isPresent() ? Future.succeededFuture(found) : made(email, info);
            })
        .compose(
            user ->
                user.isPresent()
                    ? metadata.identities().link(identity, user.get().id()).map(user)
                    : Future.succeededFuture(user));
  }

  /** With a password that nobody knows: they can have it reset. */
  private Future<Optional<User>> made(String email, JsonObject info) {
    String name = name(info.getString("preferred_username", ""));
    return passwords
        .hash(vault.newApiToken())
        .compose(hash -> add(name, name, email, hash, ATTEMPTS))
        .map(Optional::of);
  }

  private Future<User> add(String name, String base, String email, String hash, int attempts) {
    return metadata
        .users()
        .add(draft(name, email), hash)
        .recover(
            failure ->
                failure instanceof Conflict taken
                        && taken.field().equals("username")
                        && attempts > 1
                    ? add(base + random.nextInt(100_000), base, email, hash, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private static String name(String wanted) {
    String name = wanted.replaceAll("[^\\p{L}\\p{N}._-]", "");
    String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    boolean usable = cut.length() >= 3 && !cut.toLowerCase(Locale.ROOT).equals("bearer");
    return usable ? cut : "user" + UUID.randomUUID().toString().substring(0, 8);
  }

  private User draft(String name, String email) {
    Instant now = clock.instant();
    byte[] key = new byte[LEGACY_KEY_BYTES];
    random.nextBytes(key);
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        name,
        email,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        HexFormat.of().formatHex(key),
        now,
        now);
  }
}
