package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The credentials of users' partners: researchers and administrators have them (spec 1.11). */
public final class PartnerAccess {
  private static final Logger log = LoggerFactory.getLogger(PartnerAccess.class);

  private final ForwardingRegistry registry;
  private final TokenVault vault;
  private final Consumer<UserId> partnerChanged;

  /**
   * Keeps credentials in that registry.
   *
   * @param partnerChanged hears of users whose partner's credentials are others, or the first
   */
  public PartnerAccess(
      ForwardingRegistry registry, TokenVault vault, Consumer<UserId> partnerChanged) {
    this.registry = registry;
    this.vault = vault;
    this.partnerChanged = partnerChanged;
  }

  /** What the user gives to the partner; both empty for who can't have one. */
  record Credentials(String username, String token) {
    static final Credentials NONE = new Credentials("", "");
  }

  /** Succeeds with the user's credentials, made when they are due. */
  Future<Credentials> of(User user) {
    if (user.role() == Role.CITIZEN) return Future.succeededFuture(Credentials.NONE);
    return registry
        .of(user.id())
        .compose(
            found -> {
              Optional<Credentials> known = found.flatMap(this::opened);
              if (known.isPresent()) return Future.succeededFuture(known.get());
              return unlessThereIsNoRoom(
                  user.id(), found.isPresent() ? renew(user.id()) : first(user.id()));
            });
  }

  /** Succeeds with what these users have given; who has no partner is given none. */
  Future<Map<UserId, Credentials>> of(Collection<UserId> users) {
    Map<UserId, Credentials> known = new HashMap<>();
    users.forEach(user -> known.put(user, Credentials.NONE));
    if (users.isEmpty()) return Future.succeededFuture(known);
    return registry
        .of(users)
        .map(
            all -> {
              all.forEach(each -> opened(each).ifPresent(it -> known.put(each.user(), it)));
              return known;
            });
  }

  /** Whoever asks at the same time is answered with the same. */
  private Future<Credentials> first(UserId user) {
    ForwardingAccess made = access(user, vault.newForwardingSecret(), vault.newForwardingSecret());
    return registry
        .grantIfNone(made)
        .onSuccess(
            granted -> {
              if (granted.equals(made)) partnerChanged.accept(user);
            })
        .map(granted -> opened(granted).orElse(Credentials.NONE));
  }

  /** Nobody is kept from what is theirs because a disk is full: there will be another time. */
  private static Future<Credentials> unlessThereIsNoRoom(UserId user, Future<Credentials> made) {
    return made.recover(
        failure -> {
          if (Refusal.of(failure) != Refusal.UNAVAILABLE) return Future.failedFuture(failure);
          log.warn("user {} has no partner's credentials yet: {}", user, failure.getMessage());
          return Future.succeededFuture(Credentials.NONE);
        });
  }

  /** Succeeds with new credentials; whoever has the former ones is cut off. */
  Future<Credentials> renew(UserId user) {
    Secret username = vault.newForwardingSecret();
    Secret token = vault.newForwardingSecret();
    return registry
        .grant(access(user, username, token))
        .onSuccess(granted -> partnerChanged.accept(user))
        .map(new Credentials(username.reveal(), token.reveal()));
  }

  private ForwardingAccess access(UserId user, Secret username, Secret token) {
    return new ForwardingAccess(user, vault.seal(username), vault.seal(token));
  }

  private Optional<Credentials> opened(ForwardingAccess access) {
    Optional<Secret> username = vault.open(access.username());
    Optional<Secret> token = vault.open(access.token());
    return username.flatMap(
        name -> token.map(secret -> new Credentials(name.reveal(), secret.reveal())));
  }
}
