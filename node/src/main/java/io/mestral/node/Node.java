package io.mestral.node;

import io.mestral.broker.connection.RightsChanges;
import io.mestral.broker.connection.Services;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.sys.SysVerticle;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.config.BrokerOptions.Access;
import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.MestralConfig;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.config.Release;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.routing.Router;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.verticles.auth.BearerTokens;
import io.mestral.verticles.auth.DeviceEntityRights;
import io.mestral.verticles.auth.DeviceTokens;
import io.mestral.verticles.auth.EntityTopicRights;
import io.mestral.verticles.auth.KnownPrincipals;
import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.OpenAccess;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.PlatformAccess;
import io.mestral.verticles.auth.ScramLogins;
import io.mestral.verticles.auth.TokenAuthClient;
import io.mestral.verticles.auth.TokenAuthVerticle;
import io.mestral.verticles.auth.TokenRevocationVerticle;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.auth.oauth.ExternalProvider;
import io.mestral.verticles.auth.oauth.ExternalUsers;
import io.mestral.verticles.auth.oauth.Issuer;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.http.Routes;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.device.DeviceTowns;
import io.mestral.verticles.http.map.MapVerticle;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.storing.StorageClient;
import io.mestral.verticles.storing.StorageVerticle;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: which parts there are, how they are wired, and the order they start in. Messages are
 * taken last and refused first, so that nothing is acknowledged that can't be kept.
 */
public final class Node implements RunningNode {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final MestralConfig config;
  private final DataFolder folder;
  private final Vertx vertx;
  private final Runtime runtime;
  private final Clock clock = Clock.systemUTC();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Doors doors;
  private final Issuer issuer;
  private Optional<Messaging> messaging = Optional.empty();
  private Optional<Transfers> transfers = Optional.empty();
  private Optional<Intake> intake = Optional.empty();
  private Optional<Synchronization> synchronization = Optional.empty();
  private Optional<NodeUpkeep> upkeep = Optional.empty();
  private Optional<NodeMoves> moves = Optional.empty();
  private Optional<SmartApi> smartApi = Optional.empty();
  private Future<Stores> stores = Future.failedFuture("not opened");
  private ReadyLine ready = ReadyLine.of("", "", "");

  private Node(MestralConfig config, DataFolder folder, Runtime runtime) {
    this.config = config;
    this.folder = folder;
    this.runtime = runtime;
    this.vertx = runtime.vertx();
    this.issuer = new Issuer(config.http().publicUrl());
    this.doors = new Doors(runtime, config, meters);
  }

  /**
   * Starts a node. Succeeds once every listener accepts; fails with a {@link StartFailure} when the
   * operator can do something about it, and has let go of everything then.
   */
  public static Future<Node> start(MestralConfig config) {
    Promise<Node> started = Promise.promise();
    try {
      DataFolder folder = DataFolder.open(config.storage().dataDir());
      MestralConfig whole = Enrolment.completed(config, folder);
      Node node = new Node(whole, folder, Runtime.of(whole.node().profile()));
      node.open()
          .onSuccess(done -> started.complete(node))
          .onFailure(cause -> node.stop().onComplete(stopped -> started.fail(cause)));
    } catch (StartFailure refused) {
      started.fail(refused);
    }
    return started.future();
  }

  @Override
  public ReadyLine ready() {
    return ready;
  }

  private Future<Void> open() {
    new JvmMeters().bindTo(meters);
    return doors
        .prepare()
        .compose(
            done -> {
              MetadataHome home = MetadataHome.of(folder.path());
              if (config.metadata().isEmpty()) home.requireFolder();
              TokenVault vault = new TokenVault(nodeKey());
              stores =
                  vertx.executeBlocking(() -> Stores.open(vertx, config, meters, clock), false);
              return stores.compose(
                  opened -> belongs(home, opened, vault).compose(fine -> open(opened, vault)));
            });
  }

  private Future<Void> belongs(MetadataHome home, Stores stores, TokenVault vault) {
    return stores.metadataInUse().engine() instanceof PostgresMetadata server
        ? stores
            .highestDevice()
            .compose(
                highest -> home.require(server, config.metadata().orElseThrow(), vault, highest))
        : Future.succeededFuture();
  }

  private Future<Void> open(Stores stores, TokenVault vault) {
    DeviceTopics topics = new DeviceTopics(config.broker().bridgePrefixes());
    Passwords passwords = new Passwords(vertx, vault);
    LoginBrake brake = loginBrake(vault);
    AuthorizationServer oauth = authorizationServer(stores, vault, brake);
    TokenVerifier verifier = verifier(stores, vault, passwords, brake, oauth);
    StorageClient readings = new StorageClient(vertx);
    Synchronization sync =
        new Synchronization(
            config, new Synchronization.Parts(vertx, stores, meters, clock), readings);
    synchronization = Optional.of(sync);
    Intake readingsIn = intake(stores, sync.readings(), vault, topics);
    intake = Optional.of(readingsIn);
    AccessPolicy policy = policy(topics, stores, vault);
    Messaging messages = messages(stores, policy, vault);
    messaging = Optional.of(messages);
    Router router = messages.router();
    readingsIn.subscribe(router);
    sync.join(router, readingsIn.client(), vault);

    SessionRegistry sessions = messages.sessions();
    ClientRoster clients = messages.clients();
    BrokerClients mqtt =
        new BrokerClients(vertx, clients, sessions.store(), config.broker().access(), clock);
    Transfers files = transfers(stores, readings, vault);
    transfers = Optional.of(files);
    Routes routes =
        new Routes(
            config.http(),
            platform(
                stores,
                access(vault, passwords, verifier, oauth),
                readingsIn.client(),
                files,
                mqtt));
    Services broker =
        new Services(
            config.broker(),
            router,
            sessions,
            new TokenAuthClient(vertx, scram(stores, vault, passwords, brake)),
            policy,
            messages.metrics(),
            clients,
            clock);

    return administrator(new Administrator(vertx, stores.metadata(), vault, passwords, clock))
        .compose(done -> deploy(1, () -> new TokenAuthVerticle(verifier)))
        .compose(done -> deploy(1, () -> new StorageVerticle(stores.readings())))
        .compose(done -> readingsIn.open())
        .compose(done -> vertx.deployVerticle(revocation(stores, vault, messages)))
        .compose(done -> deploy(1, () -> new MapVerticle(stores.metadata(), readings, clock)))
        .compose(done -> smartApi.orElseThrow().open())
        .compose(done -> messages.open().compose(opened -> sync.open()))
        .compose(done -> readingsIn.follow(router))
        .compose(done -> vertx.deployVerticle(new SysVerticle(broker)))
        .compose(done -> doors.open(routes, broker))
        .compose(done -> smartApi.orElseThrow().connect())
        .compose(done -> files.open())
        .onSuccess(done -> announce(doors.urls()))
        .onSuccess(done -> catchUp(stores.metadata(), readingsIn.client()));
  }

  private Intake intake(
      Stores stores, ReadingStore readings, TokenVault vault, DeviceTopics topics) {
    return new Intake(
        runtime,
        stores,
        readings,
        new Intake.Parts(vault, topics, config.storage().forwardingMaxBytes(), meters, clock));
  }

  /** What older versions kept gets what they didn't know of, while the node serves. */
  private void catchUp(Metadata metadata, DeviceChanges changes) {
    vertx
        .executeBlocking(Geography::shipped)
        .compose(world -> new DeviceTowns(metadata.devices(), changes, world).complete())
        .compose(done -> metadata.search().catchUp())
        .onFailure(failure -> log.warn("what older versions kept stays as it is: {}", failure));
  }

  private Transfers transfers(Stores stores, StorageClient readings, TokenVault vault) {
    return new Transfers(
        vertx,
        config,
        stores.metadata(),
        readings,
        new Transfers.Writing(vault, this::base, new Messaging.Probes(meters, clock)));
  }

  private String base() {
    return config.http().publicUrl().orElseGet(() -> doors.urls().getOrDefault("http", ""));
  }

  private LoginBrake loginBrake(TokenVault vault) {
    int remembered = config.node().profile() == Profile.EDGE ? 10_000 : 100_000;
    return new LoginBrake(config.node().wrongLoginsPerMinute(), remembered, vault, clock, meters);
  }

  private AuthorizationServer authorizationServer(
      Stores stores, TokenVault vault, LoginBrake brake) {
    LocalBus bus = LocalBus.of(vertx);
    return new AuthorizationServer(
        new AuthorizationServer.Ground(vertx, stores.metadata(), vault, brake, clock),
        issuer,
        config.oauth(),
        standing -> bus.tell(Addresses.STANDING_ENDED, standing));
  }

  private TokenVerifier verifier(
      Stores stores,
      TokenVault vault,
      Passwords passwords,
      LoginBrake brake,
      AuthorizationServer oauth) {
    boolean mayBeNew = config.http().signUp() == SignUp.OPEN;
    ExternalUsers users = new ExternalUsers(stores.metadata(), passwords, vault, mayBeNew, clock);
    BearerTokens own = oauth.accessTokens();
    return new TokenVerifier(stores.metadata(), vault, passwords, brake, clock)
        .knowing(
            config
                .oauth()
                .external()
                .map(other -> own.or(new ExternalProvider(vertx, other, users, clock)))
                .orElse(own));
  }

  private Platform.Access access(
      TokenVault vault, Passwords passwords, TokenVerifier verifier, AuthorizationServer oauth) {
    LocalBus bus = LocalBus.of(vertx);
    return new Platform.Access(
        vault,
        passwords,
        verifier,
        new AccountChanges(
            user -> bus.tell(Addresses.USER_CHANGED, user),
            user -> bus.tell(Addresses.PARTNER_CHANGED, user),
            gateway -> bus.tell(Addresses.GATEWAY_ENDED, gateway)),
        oauth);
  }

  private TokenRevocationVerticle revocation(Stores stores, TokenVault vault, Messaging messages) {
    RightsChanges changes = new RightsChanges(vertx, messages.sessions(), messages.clients());
    return new TokenRevocationVerticle(stores.metadata(), vault, new BrokerAccess(changes), clock);
  }

  private Platform platform(
      Stores stores,
      Platform.Access access,
      IngestClient ingest,
      Transfers files,
      BrokerClients clients) {
    return new Platform(
        stores.metadata(),
        new StorageClient(vertx),
        access,
        new Platform.Intake(ingest, ingest, ingest, ingest),
        files.people(),
        files.parts(),
        new Platform.Probes(new Health(stores), meters::scrape, Release.version()),
        clients,
        upkeep(stores),
        moves(stores),
        smartApi(stores, access.vault()).platform(),
        synchronization.orElseThrow().platform(),
        clock);
  }

  private SmartApi smartApi(Stores stores, TokenVault vault) {
    KnownPrincipals known = new KnownPrincipals(stores.metadata(), vault);
    SmartApi made =
        new SmartApi(
            new SmartApi.Options(config.smartApi(), config.uplink(), config.telemetry()),
            new SmartApi.Ground(
                vertx, stores, new SmartApi.Access(known, vault), this::base, clock),
            new SmartApi.Ways(
                messaging.orElseThrow().router(), synchronization.flatMap(Synchronization::edge)));
    intake.ifPresent(readings -> made.hear(readings.news()));
    smartApi = Optional.of(made);
    return made;
  }

  private NodeUpkeep upkeep(Stores stores) {
    NodeUpkeep made = new NodeUpkeep(vertx, () -> stores.sources(folder.path()), meters, clock);
    upkeep = Optional.of(made);
    return made;
  }

  private NodeMoves moves(Stores stores) {
    NodeMoves made =
        new NodeMoves(
            vertx, stores.cargoes(vertx, config, meters, clock), stores.whereabouts(), clock);
    moves = Optional.of(made);
    return made;
  }

  private Messaging messages(Stores stores, AccessPolicy policy, TokenVault vault) {
    return new Messaging(
        vertx,
        stores.journal(),
        config.broker(),
        new Messaging.Access(policy, new KnownPrincipals(stores.metadata(), vault)),
        new Messaging.Probes(meters, clock));
  }

  private ScramLogins scram(
      Stores stores, TokenVault vault, Passwords passwords, LoginBrake brake) {
    return new ScramLogins(stores.metadata(), deviceTokens(stores, vault), vault, passwords, brake);
  }

  private DeviceTokens deviceTokens(Stores stores, TokenVault vault) {
    return new DeviceTokens(
        stores.metadata().devices(), stores.metadata().deviceTokenEnds(), vault, clock);
  }

  private AccessPolicy policy(DeviceTopics topics, Stores stores, TokenVault vault) {
    if (config.broker().access() == Access.OPEN) return new OpenAccess();
    EntityTopicRights entities =
        new EntityTopicRights(
            stores.metadata(),
            new EntityTopicRights.Node(config.smartApi().node(), this::base),
            new DeviceEntityRights(stores.metadata().devices(), this::base));
    PlatformAccess platform = new PlatformAccess(topics, deviceTokens(stores, vault), entities);
    LocalBus.of(vertx).listen(Addresses.DEVICE_CHANGED, device -> platform.deviceChanged());
    return platform;
  }

  /** A disk that takes no new token, say, is no reason not to serve what is there. */
  private Future<Void> administrator(Administrator administrator) {
    return administrator
        .ensure(config.node().adminPassword())
        .<Void>map(
            credentials -> {
              credentials.newPassword().ifPresent(Node::showOnce);
              keepAdminToken(credentials.token());
              return null;
            })
        .recover(
            failure -> {
              log.error("the administrator's account can't be made or read", failure);
              return Future.succeededFuture();
            });
  }

  /** Without the file {@code ./mestral admin} needs to be given a token; the node serves. */
  private void keepAdminToken(Secret token) {
    try {
      if (!folder.adminToken().equals(Optional.of(token.reveal())))
        folder.keepAdminToken(token.reveal());
    } catch (IOException e) {
      log.error("admin.token can't be written: {}", e.toString());
    }
  }

  /** The only time it is seen: what is kept is its hash. */
  private static void showOnce(Secret password) {
    Console.standard().err().println("admin password: " + password.reveal());
  }

  private Future<String> deploy(int instances, Supplier<? extends Deployable> maker) {
    return vertx.deployVerticle(maker, new DeploymentOptions().setInstances(instances));
  }

  private void announce(Map<String, String> urls) {
    issuer.announce(urls.get("http"));
    Map<String, String> others = new HashMap<>(urls);
    ready =
        new ReadyLine(config.node().name(), others.remove("http"), others.remove("mqtt"), others);
    if (config.broker().access() == Access.OPEN)
      log.warn("mqtt.access is open: any client may publish and subscribe anywhere");
    config
        .storage()
        .syncInterval()
        .ifPresent(interval -> log.warn("storage.sync is weaker than always: {}", interval));
    try {
      folder.announce(new NodeAddress(ready.http(), ready.mqtt()));
    } catch (IOException e) { // a full disk, say: what is kept can still be served
      log.error("node.url can't be written, ./mestral admin needs --url: {}", e.toString());
    }
  }

  @Override
  public Future<Void> stop() {
    Promise<Void> stopped = Promise.promise(); // of no context: every event loop will be gone
    doors
        .close()
        .eventually(this::closeTransfers)
        .eventually(this::closeIntake)
        .eventually(this::closeMessaging)
        .eventually(this::closeTraces)
        .eventually(this::closeUpkeep)
        .eventually(this::closeMoves)
        .eventually(this::closeStores)
        .onComplete(done -> vertx.close().onComplete(closed -> settle(stopped, done, closed)));
    return stopped.future();
  }

  private Future<Void> closeTransfers() {
    return transfers.map(Transfers::close).orElseGet(Future::succeededFuture);
  }

  private Future<Void> closeIntake() {
    return intake.map(Intake::close).orElseGet(Future::succeededFuture);
  }

  private Future<Void> closeMessaging() {
    return messaging.map(Messaging::close).orElseGet(Future::succeededFuture);
  }

  private Future<Void> closeTraces() {
    return vertx
        .executeBlocking(
            () -> {
              smartApi.ifPresent(SmartApi::close);
              return null;
            })
        .mapEmpty();
  }

  private Future<Void> closeUpkeep() {
    return upkeep.map(NodeUpkeep::close).orElseGet(Future::succeededFuture);
  }

  private Future<Void> closeMoves() {
    return moves.map(NodeMoves::close).orElseGet(Future::succeededFuture);
  }

  private Future<Void> closeStores() {
    return stores.transform(
        opened -> opened.succeeded() ? opened.result().close() : Future.succeededFuture());
  }

  private void settle(Promise<Void> stopped, AsyncResult<Void> parts, AsyncResult<Void> vertx) {
    folder.close();
    if (parts.failed()) stopped.fail(parts.cause());
    else if (vertx.failed()) stopped.fail(vertx.cause());
    else stopped.complete();
  }

  private byte[] nodeKey() {
    try {
      return folder.nodeKey();
    } catch (IOException e) {
      throw StartFailure.dataFolder("node.key can't be read: " + e.getMessage(), e);
    }
  }
}
