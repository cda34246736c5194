package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Devices that are being set up, and what they sent meanwhile. An orphan stays after it was
 * registered, until it is swept; what it sent is forgotten when the device has it.
 */
public interface OrphanRegistry {
  /** How many orphans there are at most: anybody may make them, so there is an end. */
  int KEPT = 10_000;

  /** How many messages of an orphan are held. */
  int HELD_MESSAGES = 2_000;

  /** How many bytes of an orphan's messages are held. */
  int HELD_BYTES = 512 << 10;

  /** How many bytes of all orphans' messages are held. */
  long HELD_BYTES_IN_ALL = 64L << 20;

  /** How many of them are held for the orphans of any network, whatever the others have. */
  long HELD_BYTES_OF_A_NETWORK = HELD_BYTES_IN_ALL / 16;

  /**
   * Adds an orphan; the id of {@code draft} is ignored and a new one given. Fails with {@link
   * Conflict} ({@code device_token}) when a device or an orphan has the token. When there are more
   * than {@link #KEPT} one goes: of the network that has most of them the one that was untouched
   * longest.
   *
   * @param from where it is set up from
   */
  Future<Orphan> add(Orphan draft, Network from);

  /** Empty when no orphan is set up in this session. */
  Future<Optional<Orphan>> find(UUID session);

  /**
   * Empty when the token is no orphan's.
   *
   * @param tokenHash the keyed hash of the token
   */
  Future<Optional<Orphan>> findByToken(String tokenHash);

  /**
   * Applies {@code change} to the orphan as it is and keeps what comes of it, in one unit. Id,
   * session, token, handshake and the time it was made stay as they are.
   *
   * @param change without side effects, as it may be called more than once and on any thread
   */
  Future<Orphan> update(UUID session, UnaryOperator<Orphan> change);

  /**
   * A message with this token has come: succeeds with the orphan whose it is, its handshake set.
   * Empty when it is no orphan's.
   *
   * @param tokenHash the keyed hash of the token
   * @param now when the orphan was touched, if this is its first message
   */
  Future<Optional<Orphan>> handshake(String tokenHash, Instant now);

  /**
   * Holds a message of an orphan; its oldest ones go when there are more than {@link
   * #HELD_MESSAGES} or {@link #HELD_BYTES}. Refused as {@code TOO_LARGE} when it is larger than
   * that alone.
   *
   * <p>When all that is held amounts to {@link #HELD_BYTES_IN_ALL} it is refused as {@code
   * QUOTA_EXCEEDED}, unless its network has less than {@link #HELD_BYTES_OF_A_NETWORK} and another
   * more: then what is held of that one's orphan of which most is held is forgotten for it.
   */
  Future<Void> hold(long orphan, HeldMessage message);

  /** What is held of an orphan behind a number, in the order of arrival. */
  Future<List<HeldMessage>> held(long orphan, long after, int limit);

  /** The device has an orphan's messages up to and including this number. */
  Future<Void> forget(long orphan, long upTo);

  /** The orphans that are registered while messages of theirs are held still. */
  Future<List<Orphan>> toReplay(int limit);

  /**
   * Removes the orphans that were touched last before a time, with what is held of them, and of the
   * others what came before another. What {@link #toReplay} names is left.
   *
   * @return how many orphans were removed
   */
  Future<Integer> sweep(Instant untouchedSince, Instant arrivedBefore);
}
