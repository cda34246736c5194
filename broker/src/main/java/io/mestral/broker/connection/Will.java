package io.mestral.broker.connection;

import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.Masking;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Delivery;
import io.mestral.routing.Origin;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's last message, published when its connection ends otherwise than by its own DISCONNECT
 * (MQTT-3.1.2-8). Its delay has no effect: the session ends with the connection, and the will is
 * due then.
 */
final class Will {
  private static final Logger LOG = LoggerFactory.getLogger(Will.class);

  private final Optional<Publish> message;
  private final Principal principal;
  private final Services services;
  private final ClientWatch watch;

  Will(Optional<Publish> message, Principal principal, Services services, ClientWatch watch) {
    this.message = message;
    this.principal = principal;
    this.services = services;
    this.watch = watch;
  }

  /** Publishes it, if there is one and the client may still publish there. */
  void publish() {
    message.ifPresent(this::publish);
  }

  private void publish(Publish will) {
    services
        .policy()
        .rightsOf(principal)
        .permit(will)
        .compose(this::route)
        .otherwise(Delivery.Refused::because)
        .onSuccess(
            outcome -> {
              if (!(outcome instanceof Delivery.Refused refused)) return;
              watch.refuse(refused.reason());
              LOG.warn("a will was lost: {} {}", Masking.topic(will.topic()), refused.reason());
            });
  }

  private Future<Delivery> route(Publish will) {
    watch.will(will.topic());
    return services.router().route(will, Origin.of(principal));
  }
}
