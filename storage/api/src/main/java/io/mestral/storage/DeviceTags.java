package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Tag;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tags that devices can have, and which have them. */
public interface DeviceTags {
  /** All tags by id ascending: those that administrators thought of. */
  Future<List<Tag>> all();

  /**
   * Adds a tag; the id of {@code draft} is ignored and a new one given. Fails with {@link Conflict}
   * ({@code name} is unique, letters' case aside).
   */
  Future<Tag> add(Tag draft);

  /**
   * Applies {@code change} to the tag as it is and keeps what comes of it, in one unit; the id
   * stays. Fails with {@link Conflict} like {@link #add}.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<Tag> update(long id, UnaryOperator<Tag> change);

  /** Removes a tag, from all devices that have it too. */
  Future<Void> remove(long id);

  /** The tags of the devices, by name; a device without tags is no key. */
  Future<Map<DeviceId, List<Tag>>> of(Collection<DeviceId> devices);

  /** The devices that have a tag. */
  Future<List<DeviceId>> having(long tag);

  /** Gives a device these tags in place of those it has; one that is gone by then is left out. */
  Future<Void> replace(DeviceId device, Collection<Long> tags);
}
