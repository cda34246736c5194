package io.mestral.storage.replica;

import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Users, devices and the catalogue as the node above has them (docs/edge.md). Users who came from
 * there, and tokens of devices, can't be changed here: whoever tries is refused with {@code
 * NOT_AUTHORIZED}.
 */
public interface ReplicaRegistry {
  /** Empty when nothing was told yet. */
  Future<Optional<ReplicaStanding>> standing();

  /** The tag of each record. */
  Future<Map<ReplicaName, String>> tags();

  /** The body of each record, as it was told. */
  Future<Map<ReplicaName, String>> bodies();

  /**
   * Makes what was told so here. A record with the tag that it has is left as it is. Fails when a
   * device has an owner who was not told, and changes nothing then.
   */
  Future<ReplicaEffect> apply(ReplicaChange change);

  /**
   * A user who has a private token from the node above.
   *
   * @param until when it ends by itself; empty: never
   */
  record Holder(UserId user, Optional<Instant> until) {}

  /** Who has a private token with this shared hash at the node above. */
  Future<Optional<Holder>> holderOf(String sharedHash);

  /** Devices of which the node above doesn't know, or that were changed here since, by number. */
  Future<List<Device>> untold();

  /** Devices that the node above has still and that were archived here. */
  Future<List<UUID>> archivedHere();

  /** How many numbers are left for devices; empty where every number will do. */
  Future<Optional<Long>> numbersLeft();

  /** The ranges that an edge was given, ascending. */
  Future<List<NumberRange>> givenTo(String edge);

  /**
   * Gives an edge numbers that no device has or gets here.
   *
   * @return what it was given now; fewer, or none, when this node has no more to give
   */
  Future<List<NumberRange>> give(String edge, int count);
}
