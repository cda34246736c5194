package io.mestral.node;

import io.mestral.config.SmartApiOptions;
import io.mestral.config.TelemetryOptions;
import io.mestral.config.UplinkOptions;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Principals;
import io.mestral.routing.Router;
import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Asking;
import io.mestral.routing.request.MessageSecurity;
import io.mestral.routing.request.RequestRouter;
import io.mestral.routing.request.call.ConvertUnit;
import io.mestral.routing.request.call.NodeHealth;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.routing.request.open.OpenRequests;
import io.mestral.routing.request.open.PresentGateways;
import io.mestral.routing.request.open.Probes;
import io.mestral.routing.request.presence.Presence;
import io.mestral.routing.request.subscription.Subscriptions;
import io.mestral.routing.request.trade.Accounts;
import io.mestral.routing.request.trade.TradeDesk;
import io.mestral.routing.request.trail.Trails;
import io.mestral.routing.request.trust.Demand;
import io.mestral.routing.request.trust.SecuredMessages;
import io.mestral.routing.request.whereabouts.RequestTrail;
import io.mestral.routing.request.whereabouts.Whereabouts;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.http.reading.SeriesRollup;
import io.mestral.verticles.ingestion.ReadingNews;
import io.mestral.verticles.smartrequest.Askers;
import io.mestral.verticles.smartrequest.ConnectedClients;
import io.mestral.verticles.smartrequest.EveryWay;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.Pulse;
import io.mestral.verticles.smartrequest.SmartRequestVerticle;
import io.mestral.verticles.smartrequest.compact.CompactGateways;
import io.mestral.verticles.smartrequest.keys.MessageKeyring;
import io.mestral.verticles.smartrequest.keys.NodeKeys;
import io.mestral.verticles.smartrequest.keys.TrustedKeys;
import io.mestral.verticles.smartrequest.mqtt.MqttDoor;
import io.mestral.verticles.smartrequest.mqtt.MqttGateways;
import io.mestral.verticles.smartrequest.outgoing.AddressGuard;
import io.mestral.verticles.smartrequest.outgoing.HttpGateways;
import io.mestral.verticles.smartrequest.outgoing.HttpPost;
import io.mestral.verticles.smartrequest.outgoing.Webhooks;
import io.mestral.verticles.smartrequest.platform.DeviceRollup;
import io.mestral.verticles.smartrequest.platform.PlatformDevices;
import io.mestral.verticles.smartrequest.platform.PlatformDevicesVerticle;
import io.mestral.verticles.storing.StorageClient;
import io.mestral.verticles.telemetry.RequestTraces;
import io.mestral.verticles.uplink.Uplink;
import io.mestral.verticles.uplink.UplinkVerticle;
import io.mestral.verticles.uplink.UplinkedGateways;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How Smart API messages are answered: who is known here, who is asked, what can be called. */
final class SmartApi {
  /** What of the memory answers may take that are remembered. */
  private static final int REMEMBERED_PART = 32;

  private static final int MOST_OPEN = 100_000;

  private final Vertx vertx;
  private final SmartApiOptions options;
  private final Principals principals;
  private final NodeIris iris;
  private final EntityDirectory directory;
  private final PlatformDevices devices;
  private final CompactGateways compact;
  private final MessageSecurity security;
  private final HttpGateways elsewhere;
  private final OpenRequests open;
  private final Subscriptions subscriptions;
  private final Trails trails;
  private final Asking asking;
  private final Whereabouts whereabouts;
  private final Optional<RequestTraces> traces;
  private final Presence presence;
  private final Pulse pulse;
  private final Accounts accounts;
  private final TradeDesk trade;
  private final RequestRouter router;
  private final MqttDoor mqtt;
  private final Optional<Uplink> uplink;
  private final Platform.Keys keys;
  private final ConnectedClients clients = new ConnectedClients();

  /**
   * What it stands on.
   *
   * @param base the node's public URL, once it is known
   */
  record Ground(Vertx vertx, Stores stores, Access access, Supplier<String> base, Clock clock) {}

  /** Who somebody is, and what secrets are sealed with. */
  record Access(Principals principals, TokenVault vault) {}

  /**
   * How it is set up.
   *
   * @param uplink the node that this one is a gateway of; empty when there is none
   */
  record Options(
      SmartApiOptions smartApi, Optional<UplinkOptions> uplink, TelemetryOptions telemetry) {}

  /**
   * How messages come and go.
   *
   * @param edge goes over the uplink as well; empty for a node that is no edge
   */
  record Ways(Router messages, Optional<Uplink.Edge> edge) {}

  SmartApi(Options set, Ground ground, Ways ways) {
    Router messages = ways.messages();
    this.options = set.smartApi();
    Stores stores = ground.stores();
    Clock clock = ground.clock();
    this.vertx = ground.vertx();
    this.principals = ground.access().principals();
    Optional<String> given =
        set.uplink().flatMap(UplinkOptions::enrolling).flatMap(UplinkOptions.Enrolling::base);
    this.iris = new NodeIris(() -> given.orElseGet(ground.base()));
    this.trails = new Trails(iris::node, clock);
    this.presence = new Presence(clock);
    this.pulse = new Pulse(iris::node, options.heartbeat(), clock);
    this.keys =
        new Platform.Keys(
            new NodeKeys(stores.metadata().nodeKeys(), ground.access().vault(), iris::node, clock),
            new TrustedKeys(stores.metadata().trustedKeys(), clock));
    this.directory =
        new EntityDirectory(stores.metadata().entities(), options.maxEntities(), clock);
    this.devices = devices(stores, clock);
    this.compact =
        new CompactGateways(
            directory, principals, SmartRequestVerticle.client(vertx), vertx, clock);
    this.elsewhere = elsewhere(stores, clock);
    this.security = security(clock);
    this.accounts = new Accounts(stores.metadata().accounts(), iris::node, clock);
    this.trade = trade(clock);
    GatewayLink link = gateways(messages, set.uplink().isPresent());
    Answers answers = new Answers(iris::node, clock);
    this.subscriptions =
        new Subscriptions(
            new Subscriptions.Ground(directory, link, answers, security, vertx, clock));
    this.asking = new Probes(link, iris::node, vertx, clock);
    this.whereabouts =
        new Whereabouts(
            iris::node, trails, asking, gateway -> directory.node(gateway).isPresent(), clock);
    this.traces =
        set.telemetry().otlp().map(url -> new RequestTraces(url, iris::node, directory::node));
    traces.ifPresent(trails::follow);
    this.open = open(stores, link, answers, clock);
    this.router =
        new RequestRouter(
            iris::node,
            directory,
            List.of(devices, directory, accounts),
            settings(stores, clock),
            vertx);
    this.mqtt =
        new MqttDoor(
            messages,
            new MqttDoor.Names(options.node(), units()),
            new Askers(stores.metadata(), iris),
            SmartRequestVerticle.client(vertx),
            compact);
    this.uplink = set.uplink().map(one -> uplink(one, ways, clock));
  }

  private PlatformDevices devices(Stores stores, Clock clock) {
    return new PlatformDevices(
        vertx,
        new PlatformDevices.Stores(stores.metadata(), new StorageClient(vertx)),
        iris::reach,
        Ontology.core(),
        clock);
  }

  private Uplink uplink(UplinkOptions upper, Ways ways, Clock clock) {
    return new Uplink(
        upper,
        new Uplink.Ground(vertx, iris::node, units(), pulse, clock),
        new Uplink.Sources(
            ways.messages(), SmartRequestVerticle.client(vertx), directory, open, ways.edge()));
  }

  private OpenRequests open(Stores stores, GatewayLink link, Answers answers, Clock clock) {
    return new OpenRequests(
        new OpenRequests.Ground(
            stores.journal(),
            link,
            new OpenRequests.Wording(answers, security),
            trails,
            vertx,
            clock),
        this::ways,
        new OpenRequests.Settings(
            iris::node, directory::areAvailable, trade::ended, options.maxAge(), MOST_OPEN));
  }

  /** An interface of the thing itself comes before those who manage it. */
  private List<String> ways(Entity entity, Set<Resource> values) {
    List<String> own = elsewhere.waysTo(entity, values);
    List<String> managers = directory.managers(entity);
    return own.isEmpty() ? managers : Stream.concat(own.stream(), managers.stream()).toList();
  }

  private TradeDesk trade(Clock clock) {
    return new TradeDesk(
        new TradeDesk.Ground(
            iris::node,
            directory::owner,
            accounts,
            new MessageKeyring(keys.own(), keys.trusted()),
            vertx,
            clock));
  }

  private MessageSecurity security(Clock clock) {
    return new SecuredMessages(
        iris::node,
        new MessageKeyring(keys.own(), keys.trusted()),
        new SecuredMessages.Settings(
            Demand.valueOf(options.proofs().name()), options.maxAge(), units()),
        vertx,
        clock);
  }

  private HttpGateways elsewhere(Stores stores, Clock clock) {
    return new HttpGateways(
        new HttpGateways.Known(
            directory, stores.metadata().gateways(), new Askers(stores.metadata(), iris)),
        http(),
        SmartRequestVerticle.client(vertx),
        units(),
        clock);
  }

  private HttpPost http() {
    return new HttpPost(vertx, new AddressGuard(options.interfaces()), Limits.DEFAULT.bytes());
  }

  private GatewayLink gateways(Router messages, boolean isGateway) {
    GatewayLink mqtt = new MqttGateways(messages, options.node(), iris::node, units(), compact);
    GatewayLink all =
        new EveryWay(
            List.of(mqtt, elsewhere),
            List.of(
                clients, new Webhooks(directory, http(), units(), vertx, Webhooks.USUAL_PAUSES)));
    GatewayLink here = new PresentGateways(all, presence);
    return isGateway ? new UplinkedGateways(here, () -> uplink.orElseThrow()) : here;
  }

  private RequestRouter.Settings settings(Stores stores, Clock clock) {
    return new RequestRouter.Settings(
        List.of(
            new ConvertUnit(Units.shared()),
            new NodeHealth(new Health(stores)::problems),
            new RequestTrail(whereabouts),
            new DeviceRollup(
                devices,
                new SeriesRollup(vertx, new StorageClient(vertx), clock),
                Units.shared(),
                clock)),
        open,
        asking,
        security,
        subscriptions,
        trails,
        presence,
        trade,
        Templates.MOST_ENTITIES,
        java.lang.Runtime.getRuntime().maxMemory() / REMEMBERED_PART,
        clock);
  }

  /** What HTTP needs of it. */
  Platform.SmartApi platform() {
    return new Platform.SmartApi(
        options.node(),
        SmartRequestVerticle.client(vertx),
        iris,
        units(),
        keys,
        accounts,
        new Platform.Watch(whereabouts, presence),
        clients);
  }

  private QudtFamily units() {
    return options.units() == SmartApiOptions.Units.LEGACY ? QudtFamily.LEGACY : QudtFamily.MODERN;
  }

  /** Succeeds when messages may come. */
  Future<Void> open() {
    return keys.trusted()
        .open()
        .compose(done -> keys.own().open())
        .compose(done -> accounts.load())
        .compose(done -> vertx.deployVerticle(new PlatformDevicesVerticle(devices)))
        .compose(
            done ->
                vertx.deployVerticle(
                    new SmartRequestVerticle(
                        router, () -> directory.load().compose(read -> takeUp()))))
        .onSuccess(
            done -> {
              mqtt.open();
              pulse.start(vertx, mqtt::beat);
            })
        .mapEmpty();
  }

  /** Connects to the node above, where there is one; this one's own address has to be known. */
  Future<Void> connect() {
    return uplink.isEmpty()
        ? Future.succeededFuture()
        : vertx.deployVerticle(new UplinkVerticle(uplink.get())).mapEmpty();
  }

  /** Sends what is left to be told of traces. */
  void close() {
    traces.ifPresent(RequestTraces::close);
  }

  /** Has those told of readings who subscribed to devices. */
  void hear(ReadingNews news) {
    news.listen(
        device -> {
          if (subscriptions.isAny()) devices.name(device).ifPresent(subscriptions::touched);
        });
  }

  private Future<Void> takeUp() {
    compact.load();
    elsewhere.open();
    subscriptions.open(new Subscriptions.Readers(this::asker, router::state, router::isKnown));
    return open.open(this::asker, router::resume);
  }

  /** Whose a request is, with the rights that they have now. */
  private Future<Asker> asker(Request request, String principal) {
    return principals
        .named(principal)
        .map(
            found ->
                new Asker(request.generatedBy().orElseThrow(), found.orElse(Principal.ANONYMOUS)));
  }
}
