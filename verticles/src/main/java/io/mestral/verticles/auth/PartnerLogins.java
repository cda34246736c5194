package io.mestral.verticles.auth;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.Metadata;
import io.vertx.core.Future;
import java.util.Optional;

/** Whose partner somebody is: of a user who may have one still. */
final class PartnerLogins {
  private final Metadata metadata;
  private final TokenVault vault;

  PartnerLogins(Metadata metadata, TokenVault vault) {
    this.metadata = metadata;
    this.vault = vault;
  }

  /**
   * By the forwarding user name.
   *
   * @param password when it is given it must be the forwarding token
   */
  Future<Optional<Principal>> named(String username, Optional<Secret> password) {
    return metadata
        .forwarding()
        .findByUsername(vault.hash(Secret.of(username)))
        .map(
            found ->
                found.filter(
                    access ->
                        password.map(vault::hash).map(access.token().hash()::equals).orElse(true)))
        .compose(this::holder);
  }

  /** The partner of a user. */
  Future<Optional<Principal>> of(UserId user) {
    return metadata.forwarding().of(user).compose(this::holder);
  }

  private Future<Optional<Principal>> holder(Optional<ForwardingAccess> access) {
    Optional<Secret> token = access.map(ForwardingAccess::token).flatMap(vault::open);
    if (token.isEmpty()) return Future.succeededFuture(Optional.empty());
    UserId user = access.get().user();
    return metadata
        .users()
        .find(user)
        .map(
            found ->
                found
                    .filter(owner -> owner.role() != Role.CITIZEN)
                    .map(owner -> new Principal.Partner(user, token.get())));
  }
}
