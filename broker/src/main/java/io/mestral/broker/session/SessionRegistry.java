package io.mestral.broker.session;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every session of this node, whichever event loop it lives on. At most one for each key. */
public final class SessionRegistry {
  private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();

  /**
   * Puts a session in the place of an older one with the same key, if there is any. Succeeds with
   * whether there was, when the older one is gone; completes on any thread.
   */
  public Future<Boolean> register(Session session) {
    Session older = sessions.put(session.key(), session);
    if (older == null) return Future.succeededFuture(false);
    return older.takeOver().map(true);
  }

  /** Takes a session out, unless a newer one has its place already. */
  public void remove(Session session) {
    sessions.remove(session.key(), session);
  }

  /** The session of this key. */
  public Optional<Session> find(SessionKey key) {
    return Optional.ofNullable(sessions.get(key));
  }

  /** How many sessions there are. */
  public int size() {
    return sessions.size();
  }
}
