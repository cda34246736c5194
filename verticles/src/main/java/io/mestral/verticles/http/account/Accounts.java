package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.Invitations;
import io.mestral.storage.Metadata;
import io.mestral.storage.TokenRegistry;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.ApiTokens;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Makes and changes accounts and the tokens that speak for them. */
public final class Accounts {
  private static final int LEGACY_KEY_BYTES = 20;

  private final UserRegistry users;
  private final TokenRegistry tokens;
  private final Invitations invitations;
  private final TokenVault vault;
  private final Passwords passwords;
  private final Clock clock;
  private final Consumer<UserId> userChanged;
  private final PartnerAccess partners;
  private final SecureRandom random = new SecureRandom();

  /** Keeps accounts in the metadata store. */
  public Accounts(
      Metadata metadata,
      TokenVault vault,
      Passwords passwords,
      Clock clock,
      AccountChanges changes) {
    this.users = metadata.users();
    this.tokens = metadata.tokens();
    this.invitations = metadata.invitations();
    this.vault = vault;
    this.passwords = passwords;
    this.clock = clock;
    this.userChanged = changes.user();
    this.partners = new PartnerAccess(metadata.forwarding(), vault, changes.partner());
  }

  /** What users' partners log in with. */
  public PartnerAccess partners() {
    return partners;
  }

  /** Succeeds with a new account that has its API token; fails with all that is wrong. */
  public Future<User> create(Params params, Viewer viewer) {
    return create(params, viewer, users::add);
  }

  /** The same for a visitor with an invitation, which is spent. */
  public Future<User> createInvited(Params params, Viewer viewer, Secret invitation) {
    String hash = vault.hash(invitation);
    return create(
        params,
        viewer,
        (wanted, password) ->
            invitations
                .redeem(hash, wanted, password, clock.instant())
                .map(made -> made.orElseThrow(Accounts::noInvitation)));
  }

  private static Problem noInvitation() {
    FieldErrors errors = new FieldErrors();
    errors.add("invitation", FieldErrors.INVALID);
    return Problem.unprocessable(errors);
  }

  private Future<User> create(
      Params params, Viewer viewer, BiFunction<User, String, Future<User>> adding) {
    UserForm form = new UserForm(params, viewer);
    return form.create(blank(clock.instant()), users, clock.instant())
        .compose(
            wanted ->
                passwords
                    .hash(form.password().orElseThrow())
                    .compose(hash -> adding.apply(wanted, hash)))
        .compose(user -> privateToken(user.id()).map(user))
        .compose(user -> partners.of(user).map(user));
  }

  /**
   * Succeeds with the account as it is now; fails with all that is wrong with the change. Another
   * password ends the user's sessions.
   *
   * @param session of the asker's, which goes on
   */
  public Future<User> change(User before, Params params, Viewer viewer, Optional<Secret> session) {
    UserForm form = new UserForm(params, viewer);
    Instant now = clock.instant();
    return form.check(before, users, now)
        .compose(
            fine ->
                users.update(
                    before.id(), current -> new UserForm(params, viewer).apply(current, now)))
        .onSuccess(
            changed -> { // now: the password may fail, and the role is another all the same
              if (changed.roleMask() != before.roleMask()) userChanged.accept(changed.id());
            })
        .compose(
            changed ->
                form.password()
                    .map(password -> changePassword(changed, password, session))
                    .orElseGet(() -> Future.succeededFuture(changed)))
        .compose(changed -> partners.of(changed).map(changed));
  }

  private Future<User> changePassword(User user, Secret password, Optional<Secret> session) {
    return passwords
        .hash(password)
        .compose(hash -> users.changePassword(user.id(), hash, session.map(vault::hash)))
        .map(user)
        .onSuccess(changed -> userChanged.accept(changed.id()));
  }

  /** Succeeds with the one long-lived token of a user, made when there is none yet. */
  public Future<Secret> privateToken(UserId user) {
    return tokens
        .privateTokenOf(user)
        .compose(
            found -> {
              Optional<Secret> token =
                  found.filter(this::isAlive).flatMap(kept -> vault.open(kept.token()));
              return token.isPresent()
                  ? Future.succeededFuture(token.get())
                  : add(user, ApiToken.Kind.PRIVATE, Optional.empty());
            });
  }

  private boolean isAlive(ApiToken token) {
    return token.expiresAt().map(clock.instant()::isBefore).orElse(true);
  }

  /**
   * Succeeds with another long-lived token in the place of the former one, which is no good from
   * then on.
   *
   * @param end when the new one ends by itself; empty: never
   * @param ended hears what nobody may stand on any more
   */
  public Future<Secret> renewPrivateToken(
      UserId user, Optional<Instant> end, Consumer<String> ended) {
    return tokens
        .privateTokenOf(user)
        .compose(
            former ->
                add(user, ApiToken.Kind.PRIVATE, end)
                    .onSuccess(
                        made ->
                            former
                                .map(token -> ApiTokens.standing(token.token().hash()))
                                .ifPresent(ended)));
  }

  /** Succeeds with the token of a new browser session. */
  public Future<Secret> session(UserId user) {
    Instant end = clock.instant().plus(SessionCookie.LIFETIME);
    return add(user, ApiToken.Kind.SESSION, Optional.of(end));
  }

  private Future<Secret> add(UserId user, ApiToken.Kind kind, Optional<Instant> end) {
    Secret token = vault.newApiToken();
    return tokens.add(new ApiToken(vault.seal(token), user, kind, clock.instant(), end)).map(token);
  }

  private User blank(Instant now) {
    byte[] key = new byte[LEGACY_KEY_BYTES];
    random.nextBytes(key);
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        "",
        "",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        HexFormat.of().formatHex(key),
        now,
        now);
  }
}
