package io.mestral.node;

import io.mestral.config.SmartApiOptions;
import io.mestral.routing.request.RequestRouter;
import io.mestral.routing.request.call.ConvertUnit;
import io.mestral.routing.request.call.NodeHealth;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequestVerticle;
import io.mestral.verticles.smartrequest.platform.PlatformDevices;
import io.mestral.verticles.smartrequest.platform.PlatformDevicesVerticle;
import io.mestral.verticles.storing.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** How Smart API messages are answered: who is known here, and what can be called. */
final class SmartApi {
  /** A triple of an answer that is remembered takes about so many bytes. */
  private static final int TRIPLE = 150;

  private final Vertx vertx;
  private final SmartApiOptions options;
  private final NodeIris iris;
  private final EntityDirectory directory;
  private final PlatformDevices devices;
  private final RequestRouter router;

  /**
   * @param base the node's public URL, once it is known
   */
  SmartApi(
      Vertx vertx, SmartApiOptions options, Stores stores, Supplier<String> base, Clock clock) {
    this.vertx = vertx;
    this.options = options;
    this.iris = new NodeIris(base);
    this.directory =
        new EntityDirectory(stores.metadata().entities(), options.maxEntities(), clock);
    this.devices =
        new PlatformDevices(
            vertx,
            new PlatformDevices.Stores(stores.metadata(), new StorageClient(vertx)),
            iris::reach,
            Ontology.core(),
            clock);
    this.router =
        new RequestRouter(
            iris::node,
            directory,
            List.of(devices, directory),
            new RequestRouter.Settings(
                List.of(
                    new ConvertUnit(Units.shared()), new NodeHealth(new Health(stores)::problems)),
                Templates.MOST_ENTITIES,
                java.lang.Runtime.getRuntime().maxMemory() / 32 / TRIPLE,
                clock),
            vertx);
  }

  /** What HTTP needs of it. */
  Platform.SmartApi platform() {
    return new Platform.SmartApi(SmartRequestVerticle.client(vertx), iris, units());
  }

  private QudtFamily units() {
    return options.units() == SmartApiOptions.Units.LEGACY ? QudtFamily.LEGACY : QudtFamily.MODERN;
  }

  /** Succeeds when messages may come. */
  Future<Void> open() {
    return vertx
        .deployVerticle(new PlatformDevicesVerticle(devices))
        .compose(done -> vertx.deployVerticle(new SmartRequestVerticle(router, directory::load)))
        .mapEmpty();
  }
}
