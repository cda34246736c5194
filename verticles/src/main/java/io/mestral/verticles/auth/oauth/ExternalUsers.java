package io.mestral.verticles.auth.oauth;

import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
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

/**
 * Who the users of another OpenID provider are here: by what the provider calls them, once that is
 * linked to an account; at first sight somebody new, where anybody may sign up. An account that has
 * their e-mail address already isn't theirs for that: whoever signed up may have named anybody's
 * address, at either side, so that they are told to link the account while signed in to it.
 */
public final class ExternalUsers {
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
  Future<Optional<User>> known(Identity identity, Supplier<Future<JsonObject>> asked) {
    return linked(identity)
        .compose(
            user ->
                user.isPresent()
                    ? Future.succeededFuture(user)
                    : asked
                        .get()
                        .otherwise(new JsonObject())
                        .compose(info -> atFirstSight(identity, info)));
  }

  private Future<Optional<User>> linked(Identity identity) {
    return metadata
        .identities()
        .find(identity)
        .compose(
            id ->
                id.isPresent()
                    ? metadata.users().find(id.get())
                    : Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<User>> atFirstSight(Identity identity, JsonObject info) {
    String email = info.getString("email", "");
    if (email.isBlank() || !identity.subject().equals(info.getString("sub")))
      return Future.succeededFuture(Optional.empty());
    return metadata
        .users()
        .findByNameOrEmail(email)
        .compose(
            found -> {
              if (found.filter(user -> user.email().equalsIgnoreCase(email)).isPresent())
                return Future.failedFuture(notLinked());
              return mayBeNew
                  ? made(identity, email, info)
                  : Future.succeededFuture(Optional.<User>empty());
            });
  }

  private static RefusedException notLinked() {
    return new RefusedException(
        Refusal.BAD_CREDENTIALS,
        "An account here has your e-mail address and isn't linked to the one that you came with."
            + " Sign in here by password and link it: POST /v0/me/identities");
  }

  /** With a password that nobody knows: they can have it reset. */
  private Future<Optional<User>> made(Identity identity, String email, JsonObject info) {
    String name = name(info.getString("preferred_username", ""));
    return passwords
        .hash(vault.newApiToken())
        .compose(hash -> add(identity, draft(name, email), hash, ATTEMPTS))
        .map(Optional::of)
        .recover(failure -> meanwhile(identity, failure));
  }

  /** Who asks twice at once is met by their own account. */
  private Future<Optional<User>> meanwhile(Identity identity, Throwable failure) {
    if (!(failure instanceof Conflict)) return Future.failedFuture(failure);
    return linked(identity)
        .compose(
            user ->
                user.isPresent() ? Future.succeededFuture(user) : Future.failedFuture(notLinked()));
  }

  private Future<User> add(Identity identity, User draft, String hash, int attempts) {
    return metadata
        .identities()
        .add(identity, draft, hash)
        .recover(
            failure ->
                failure instanceof Conflict taken
                        && taken.field().equals("username")
                        && attempts > 1
                    ? add(identity, renamed(draft), hash, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private User renamed(User draft) {
    String name = draft.username();
    String base = name.substring(0, Math.min(name.length(), LONGEST_NAME));
    return draft(base + random.nextInt(100_000), draft.email());
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
