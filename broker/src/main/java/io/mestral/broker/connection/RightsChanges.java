package io.mestral.broker.connection;

import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.Watched;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Makes it felt at once, here and in sessions left behind, that somebody may do less than before.
 */
public final class RightsChanges {
  private final Vertx vertx;
  private final SessionRegistry sessions;
  private final ClientRoster clients;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  /** For the clients of one broker. */
  public RightsChanges(Vertx vertx, SessionRegistry sessions, ClientRoster clients) {
    this.vertx = vertx;
    this.sessions = sessions;
    this.clients = clients;
  }

  /** Ends the connections of those whose right to be here is gone. */
  public void sendAway(Predicate<Principal> whom) {
    sessions.endAll(whom, Refusal.NOT_AUTHORIZED);
  }

  /**
   * Looks again at all subscriptions of the principal with this name. However often that is asked
   * for while it has not begun, it is done once.
   */
  public void review(String principal) {
    if (waiting.add(principal)) vertx.executeBlocking(() -> begin(principal), false);
  }

  private Void begin(String principal) {
    waiting.remove(principal); // first: what changes from here on may be missed below
    for (ClientWatch client : clients.all())
      if (client.name().principal().equals(principal)) client.session().ifPresent(Watched::review);
    sessions.store().review(principal);
    return null;
  }
}
