package io.mestral.storage;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Gateway;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The gateways that may connect, and by what token; of a token only its keyed hash is kept. Those
 * of archived users are invisible.
 */
public interface GatewayRegistry {
  /**
   * Adds a gateway and succeeds with it under its number; the draft's number means nothing. Fails
   * with a {@link Conflict} on {@code name} or {@code iri} when another one has it, with {@code
   * PROTOCOL_ERROR} when there is no such owner.
   */
  Future<Gateway> add(Gateway draft, String tokenHash);

  /** The gateway of this name. */
  Future<Optional<Gateway>> find(String name);

  /** The gateway with this token. */
  Future<Optional<Gateway>> findByToken(String tokenHash);

  /** A user's, by number ascending. */
  Future<List<Gateway>> ownedBy(UserId owner);

  /** Gateways with greater numbers than this, ascending, at most {@code limit}. */
  Future<List<Gateway>> page(long after, int limit);

  /** Replaces the token; whether there is such a gateway. */
  Future<Boolean> replaceToken(GatewayId id, String tokenHash, Instant now);

  /** Removes a gateway; whether there was one. */
  Future<Boolean> remove(GatewayId id);
}
