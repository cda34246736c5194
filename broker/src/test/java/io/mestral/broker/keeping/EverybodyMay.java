package io.mestral.broker.keeping;

import io.mestral.broker.OpenPolicy;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.model.access.Principal;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The rights of sessions where everybody may do everything. */
final class EverybodyMay {
  private EverybodyMay() {}

  static SessionRights rights(MeterRegistry meters) {
    return new SessionRights(
        new OpenPolicy(),
        name -> Future.succeededFuture(Optional.of(Principal.ANONYMOUS)),
        new ClientRoster(new BrokerMetrics(meters, () -> 0), event -> {}, Clock.systemUTC()),
        Duration.ofSeconds(10));
  }
}
