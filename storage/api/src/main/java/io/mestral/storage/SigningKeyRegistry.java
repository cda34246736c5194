package io.mestral.storage;

import io.vertx.core.Future;
import java.util.List;

/** The keys that the node signs tokens with; a handful. */
public interface SigningKeyRegistry {
  /** All of them, the oldest first. */
  Future<List<SigningKey>> list();

  /** Keeps one. */
  Future<Void> add(SigningKey key);

  /** Forgets one; succeeds when there was none, too. */
  Future<Void> remove(String id);
}
