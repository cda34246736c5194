package io.mestral.broker.connection;

import io.mestral.broker.session.OneByOne;
import io.mestral.broker.session.Retry;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes it felt at once, here and in sessions left behind, that somebody may do less than before.
 */
public final class RightsChanges {
  private final Vertx vertx;
  private final SessionRegistry sessions;
  private final ClientRoster clients;
  private final Map<String, Boolean> underWay = new ConcurrentHashMap<>(); // and asked for again

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
   * Looks again at all subscriptions of the principal with this name, until it is known of each
   * whether it still may be. However often that is asked for meanwhile, it is done once more.
   */
  public void review(String principal) {
    if (!underWay.merge(principal, false, (running, more) -> true)) begin(principal);
  }

  private void begin(String principal) {
    Retry.untilDone(this::later, () -> look(principal))
        .onSuccess(
            known -> {
              if (underWay.computeIfPresent(principal, (name, again) -> again ? false : null)
                  != null) begin(principal);
            });
  }

  private void later(Duration delay, Runnable task) {
    vertx.setTimer(delay.toMillis(), timer -> task.run());
  }

  /** Who is here first: a client is told, while its session would lose things in silence. */
  private Future<Void> look(String principal) {
    return vertx
        .executeBlocking(() -> connected(principal), false)
        .compose(
            here -> {
              List<Supplier<Future<Void>>> steps = new ArrayList<>(here);
              steps.add(() -> sessions.store().review(principal));
              return OneByOne.each(steps, Supplier::get);
            });
  }

  private List<Supplier<Future<Void>>> connected(String principal) {
    return clients.all().stream()
        .filter(client -> client.name().principal().equals(principal))
        .flatMap(client -> client.session().stream())
        .<Supplier<Future<Void>>>map(session -> session::review)
        .toList();
  }
}
