package io.mestral.broker.connection;

import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.config.BrokerOptions;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Authenticator;
import io.mestral.routing.Router;
import java.time.Clock;

/** What every connection of the broker uses, on all event loops. */
public record Services(
    BrokerOptions options,
    Router router,
    SessionRegistry sessions,
    Authenticator authenticator,
    AccessPolicy policy,
    BrokerMetrics metrics,
    ClientRoster clients,
    Clock clock,
    Room room,
    Turnstile turnstile) {
  /** For one broker, with the room and the turnstile that its options give. */
  public Services(
      BrokerOptions options,
      Router router,
      SessionRegistry sessions,
      Authenticator authenticator,
      AccessPolicy policy,
      BrokerMetrics metrics,
      ClientRoster clients,
      Clock clock) {
    this(
        options,
        router,
        sessions,
        authenticator,
        policy,
        metrics,
        clients,
        clock,
        new Room(options.limits().maxConnections()),
        new Turnstile(
            options.limits().refusedPerSecond(),
            options.limits().connectTimeout(),
            System::nanoTime));
  }
}
