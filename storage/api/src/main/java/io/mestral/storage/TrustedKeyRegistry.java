package io.mestral.storage;

import io.vertx.core.Future;
import java.util.List;

/** Whose keys the node believes in Smart API messages. */
public interface TrustedKeyRegistry {
  /** All of them, by identifier. */
  Future<List<TrustedKeyRecord>> list();

  /** Adds one; whether it was added, which it isn't when something has its identifier already. */
  Future<Boolean> add(TrustedKeyRecord key);

  /** Removes one; whether there was one. */
  Future<Boolean> remove(String id);
}
