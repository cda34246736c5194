package io.mestral.verticles.uplink;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Keeps an {@link Uplink}; one of it. */
public final class UplinkVerticle extends VerticleBase {
  private final Uplink uplink;

  /** Opens it at its start, and closes it at its end. */
  public UplinkVerticle(Uplink uplink) {
    this.uplink = uplink;
  }

  @Override
  public Future<?> start() {
    return uplink.open();
  }

  @Override
  public Future<?> stop() {
    uplink.close();
    return Future.succeededFuture();
  }
}
