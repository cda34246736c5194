package io.mestral.broker.sys;

import io.mestral.broker.connection.Services;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.routing.Origin;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Publishes the figures of this node every {@code mqtt.sys-interval}, retained, at QoS 0; those
 * that are as they were before are left out. Deploy one.
 */
public final class SysVerticle extends VerticleBase {
  private static final String ROOT = "$SYS/broker/";

  private final Services services;
  private final SysFigures figures;
  private final Map<String, String> told = new HashMap<>();

  /** Tells of the broker with these services. */
  public SysVerticle(Services services) {
    this.services = services;
    this.figures = new SysFigures(services);
  }

  @Override
  public Future<?> start() {
    services
        .options()
        .sysInterval()
        .ifPresent(
            interval -> {
              tell();
              vertx.setPeriodic(interval.toMillis(), again -> tell());
            });
    return Future.succeededFuture();
  }

  private void tell() {
    figures
        .now()
        .forEach(
            (name, value) -> {
              if (!value.equals(told.put(name, value))) publish(name, value);
            });
  }

  private void publish(String name, String value) {
    Publish figure =
        new Publish(
            new Topic(ROOT + name),
            Buffer.buffer(value),
            QoS.AT_MOST_ONCE,
            true,
            PublishProperties.NONE);
    services.router().route(figure, Origin.NOBODY);
  }
}
