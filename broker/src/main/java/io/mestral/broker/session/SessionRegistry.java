package io.mestral.broker.session;

import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Every session of this node, whichever event loop it lives on. At most one for each key. */
public final class SessionRegistry {
  private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();
  private final Revocations revocations = new Revocations();

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

  /**
   * Sends clients away whose right to be here is gone, such as a device whose token was replaced.
   * Any thread may ask; it looks through all sessions without waiting for any, and each ends on its
   * own event loop.
   *
   * @param whom asked on the caller's thread, so it must not block
   * @param why what MQTT 5 clients are told; older ones are just closed
   * @return how many were told to go
   */
  public int endAll(Predicate<Principal> whom, Refusal why) {
    revocations.add(whom); // first: who isn't in the list yet asks after being put there
    int ended = 0;
    for (Session session : sessions.values())
      if (whom.test(session.principal())) {
        session.sendAway(why);
        ended++;
      }
    return ended;
  }

  /** A moment to ask {@link #wasSentAway} about, before credentials are looked at. */
  public long moment() {
    return revocations.count();
  }

  /**
   * Whether {@link #endAll} meant this client after the moment. To be asked once its session is
   * registered: it was let in on credentials that may hold no longer.
   */
  public boolean wasSentAway(Principal principal, long since) {
    return revocations.concern(principal, since);
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
