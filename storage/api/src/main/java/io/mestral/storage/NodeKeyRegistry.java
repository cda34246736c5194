package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** The keys of the node's own, for Smart API messages; some dozens at most. */
public interface NodeKeyRegistry {
  /** All of them, the oldest first, of one age by name. */
  Future<List<NodeKey>> list();

  /**
   * Adds keys, and lets those that were there end no later than said; all of it or nothing. Whether
   * it was done: it isn't when there is one of that name already.
   */
  Future<Boolean> replace(List<NodeKey> fresh, Instant formerEnd);

  /** Forgets those that have ended by then; how many they were. */
  Future<Integer> removeEnded(Instant now);
}
