package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** When tokens were last used, by their keyed hashes. */
public interface TokenUses {
  /** Notes a use; does nothing when a later one is noted. */
  Future<Void> note(String hash, Instant at);

  /** The last use of each that was used. */
  Future<Map<String, Instant>> lastUses(Collection<String> hashes);

  /** Forgets a token. */
  Future<Void> forget(String hash);
}
