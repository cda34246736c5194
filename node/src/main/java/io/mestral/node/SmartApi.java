package io.mestral.node;

import io.mestral.config.SmartApiOptions;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Principals;
import io.mestral.routing.Router;
import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.RequestRouter;
import io.mestral.routing.request.call.ConvertUnit;
import io.mestral.routing.request.call.NodeHealth;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.OpenRequests;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequestVerticle;
import io.mestral.verticles.smartrequest.compact.CompactGateways;
import io.mestral.verticles.smartrequest.mqtt.Askers;
import io.mestral.verticles.smartrequest.mqtt.MqttDoor;
import io.mestral.verticles.smartrequest.mqtt.MqttGateways;
import io.mestral.verticles.smartrequest.platform.PlatformDevices;
import io.mestral.verticles.smartrequest.platform.PlatformDevicesVerticle;
import io.mestral.verticles.storing.StorageClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** How Smart API messages are answered: who is known here, who is asked, what can be called. */
final class SmartApi {
  /** A triple of an answer that is remembered takes about so many bytes. */
  private static final int TRIPLE = 150;

  private static final int MOST_OPEN = 100_000;

  private final Vertx vertx;
  private final SmartApiOptions options;
  private final Principals principals;
  private final NodeIris iris;
  private final EntityDirectory directory;
  private final PlatformDevices devices;
  private final CompactGateways compact;
  private final OpenRequests open;
  private final RequestRouter router;
  private final MqttDoor mqtt;

  /**
   * What it stands on.
   *
   * @param base the node's public URL, once it is known
   */
  record Ground(
      Vertx vertx, Stores stores, Principals principals, Supplier<String> base, Clock clock) {}

  SmartApi(SmartApiOptions options, Ground ground, Router messages) {
    Stores stores = ground.stores();
    Clock clock = ground.clock();
    this.vertx = ground.vertx();
    this.options = options;
    this.principals = ground.principals();
    this.iris = new NodeIris(ground.base());
    this.directory =
        new EntityDirectory(stores.metadata().entities(), options.maxEntities(), clock);
    this.devices =
        new PlatformDevices(
            vertx,
            new PlatformDevices.Stores(stores.metadata(), new StorageClient(vertx)),
            iris::reach,
            Ontology.core(),
            clock);
    this.compact =
        new CompactGateways(
            directory, principals, SmartRequestVerticle.client(vertx), vertx, clock);
    this.open =
        new OpenRequests(
            new OpenRequests.Ground(
                stores.journal(),
                new MqttGateways(messages, options.node(), iris::node, units(), compact),
                new Answers(iris::node, clock),
                vertx,
                clock),
            directory::managers,
            new OpenRequests.Settings(iris::node, options.maxAge(), MOST_OPEN));
    this.router =
        new RequestRouter(
            iris::node, directory, List.of(devices, directory), settings(stores, clock), vertx);
    this.mqtt =
        new MqttDoor(
            messages,
            new MqttDoor.Names(options.node(), units()),
            new Askers(stores.metadata(), iris),
            SmartRequestVerticle.client(vertx),
            compact);
  }

  private RequestRouter.Settings settings(Stores stores, Clock clock) {
    return new RequestRouter.Settings(
        List.of(new ConvertUnit(Units.shared()), new NodeHealth(new Health(stores)::problems)),
        open,
        Templates.MOST_ENTITIES,
        java.lang.Runtime.getRuntime().maxMemory() / 32 / TRIPLE,
        clock);
  }

  /** What HTTP needs of it. */
  Platform.SmartApi platform() {
    return new Platform.SmartApi(options.node(), SmartRequestVerticle.client(vertx), iris, units());
  }

  private QudtFamily units() {
    return options.units() == SmartApiOptions.Units.LEGACY ? QudtFamily.LEGACY : QudtFamily.MODERN;
  }

  /** Succeeds when messages may come. */
  Future<Void> open() {
    return vertx
        .deployVerticle(new PlatformDevicesVerticle(devices))
        .compose(
            done ->
                vertx.deployVerticle(
                    new SmartRequestVerticle(
                        router, () -> directory.load().compose(read -> takeUp()))))
        .onSuccess(done -> mqtt.open())
        .mapEmpty();
  }

  private Future<Void> takeUp() {
    compact.load();
    return open.open(this::resume);
  }

  /** With the rights that its sender has now. */
  private Future<Message> resume(Request request, String principal) {
    return principals
        .named(principal)
        .compose(
            found ->
                router.resume(
                    request,
                    new Asker(
                        request.generatedBy().orElseThrow(), found.orElse(Principal.ANONYMOUS))));
  }
}
