package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Gateway;
import io.mestral.storage.GatewayRegistry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.stream.Stream;

/** Which gateway shows a token, or has a name. */
final class GatewayLogins {
  static final String PREFIX = Principal.nameOfGateway("");

  /** Before the name of one that is a node and brings readings, too; it has the same rights. */
  static final String EDGE_PREFIX = "edge:";

  private final GatewayRegistry gateways;
  private final TokenVault vault;

  GatewayLogins(GatewayRegistry gateways, TokenVault vault) {
    this.gateways = gateways;
    this.vault = vault;
  }

  /** The gateway with this token; empty when it is no good. */
  Future<Optional<Principal.Gateway>> byToken(Secret token) {
    return gateways.findByToken(vault.hash(token)).map(GatewayLogins::principal);
  }

  /** The gateway that has this name and this token. */
  Future<Optional<Principal.Gateway>> login(String called, Secret token) {
    return byToken(token).map(found -> found.filter(one -> one.called().equals(called)));
  }

  /** The part behind the prefix of a user name; empty when it is no gateway's. */
  static Optional<String> called(String username) {
    return Stream.of(PREFIX, EDGE_PREFIX)
        .filter(username::startsWith)
        .map(prefix -> username.substring(prefix.length()))
        .findFirst();
  }

  /** The gateway of a principal's name. */
  Future<Optional<Principal>> named(String name) {
    return gateways
        .find(name.substring(PREFIX.length()))
        .map(found -> principal(found).map(one -> one));
  }

  private static Optional<Principal.Gateway> principal(Optional<Gateway> found) {
    return found.map(one -> new Principal.Gateway(one.id(), one.name(), one.iri(), one.owner()));
  }
}
