package io.mestral.broker.session;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The sessions that outlive their connections. */
public interface SessionStore {
  /** Keeps none. */
  SessionStore NONE =
      new SessionStore() {
        @Override
        public Future<Optional<Opened>> open(Terms terms) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Collection<Session> all() {
          return List.of();
        }

        @Override
        public boolean holds(SessionKey key) {
          return false;
        }

        @Override
        public Future<OptionalInt> discard(SessionKey key) {
          return Future.succeededFuture(OptionalInt.empty());
        }

        @Override
        public Future<Void> review(String principal) {
          return Future.succeededFuture();
        }
      };

  /**
   * Resumes or makes the session of a client that connects; an older one is discarded where the
   * client starts clean. Succeeds when that would outlive the node, with nothing when the client
   * gets no session that outlives its connection and there was none to resume; fails when a new
   * session can't be kept.
   */
  Future<Optional<Opened>> open(Terms terms);

  /** Every one of them, as they come and go. Any thread may look through them. */
  Collection<Session> all();

  /** Whether there is one with this key. */
  boolean holds(SessionKey key);

  /**
   * Ends a session with all that waits in it: at once, or as soon as its client is gone. Succeeds
   * when that would outlive the node, with how many messages that is; empty when there is no such
   * session.
   */
  Future<OptionalInt> discard(SessionKey key);

  /**
   * The rights of the principal with this name may have changed: its sessions lose the
   * subscriptions that it would not be granted now. Fails when that can't be found out of each.
   */
  Future<Void> review(String principal);

  /**
   * A session that was opened.
   *
   * @param resumed whether it was there before (MQTT-3.2.2-2)
   */
  record Opened(Session session, boolean resumed) {}
}
