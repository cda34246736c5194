package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may have which devices' readings forwarded. What archived users granted is invisible. */
public interface ForwardingRegistry {
  /**
   * Gives a user's partner this access in place of any former one. Fails with {@link Conflict}
   * ({@code forwarding_username}, {@code forwarding_token}) when another's is the same.
   */
  Future<Void> grant(ForwardingAccess access);

  /**
   * Gives a user's partner this access unless there is one; succeeds with the one there is then,
   * the same for all who ask at once. Fails as {@link #grant} does.
   */
  Future<ForwardingAccess> grantIfNone(ForwardingAccess access);

  /** Empty when the user has no partner. */
  Future<Optional<ForwardingAccess>> of(UserId user);

  /** What these users have given, in no particular order. */
  Future<List<ForwardingAccess>> of(Collection<UserId> users);

  /** By the keyed hash of the user name. */
  Future<Optional<ForwardingAccess>> findByUsername(String usernameHash);

  /** By the keyed hash of the token. */
  Future<Optional<ForwardingAccess>> findByToken(String tokenHash);

  /** Adds a destination; fails with {@link Conflict} ({@code name}). */
  Future<ForwardingDestination> addDestination(String name);

  /** All destinations by id ascending. */
  Future<List<ForwardingDestination>> destinations();

  /**
   * Sets where a device's readings are to go.
   *
   * @param destination its id; empty for nowhere in particular
   */
  Future<Void> sendTo(DeviceId device, Optional<Long> destination);

  /** Where the devices' readings are to go; a device without destination is no key. */
  Future<Map<DeviceId, ForwardingDestination>> destinationsOf(Collection<DeviceId> devices);
}
