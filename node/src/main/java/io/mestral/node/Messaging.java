package io.mestral.node;

import io.mestral.broker.keeping.KeepingMeters;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.broker.keeping.KeptSessions;
import io.mestral.broker.keeping.MessageLog;
import io.mestral.broker.keeping.SessionRights;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.broker.telemetry.EventLog;
import io.mestral.config.BrokerOptions;
import io.mestral.config.SessionOptions;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principals;
import io.mestral.routing.Router;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Where messages go, and what of them is kept for whom: one router, one log, all sessions. */
final class Messaging {
  private final BrokerMetrics metrics;
  private final ClientRoster clients;
  private final Router router;
  private final KeptSessions kept;
  private final SessionRegistry sessions;

  /** Who may do what, and who is who. */
  record Access(AccessPolicy policy, Principals principals) {}

  /** What shows how it goes. */
  record Probes(MeterRegistry meters, Clock clock) {}

  Messaging(Vertx vertx, Journal journal, BrokerOptions broker, Access access, Probes probes) {
    SessionOptions options = broker.sessions();
    Clock clock = probes.clock();
    MeterRegistry meters = probes.meters();
    metrics = new BrokerMetrics(meters, () -> sessions().size());
    clients = new ClientRoster(metrics, new EventLog(), clock);
    MessageLog log =
        new MessageLog(
            journal, KeepingOptions.of(options), clock, new KeepingMeters(meters, metrics));
    router = new Router(new RetainedMessages(options.retainedMaxBytes(), clock), log);
    metrics.watch(router);
    SessionRights rights =
        new SessionRights(
            access.policy(), access.principals(), clients, broker.limits().connectTimeout());
    kept = new KeptSessions(vertx, log, router, rights);
    sessions = new SessionRegistry(kept);
  }

  Router router() {
    return router;
  }

  SessionRegistry sessions() {
    return sessions;
  }

  ClientRoster clients() {
    return clients;
  }

  BrokerMetrics metrics() {
    return metrics;
  }

  /** Rebuilds what was kept. Succeeds when clients may come. */
  Future<Void> open() {
    return kept.open();
  }

  /** Writes down what is left to say; the last client has gone, and the journal is still there. */
  Future<Void> close() {
    return kept.close();
  }
}
