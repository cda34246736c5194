package io.mestral.verticles.http;

import io.mestral.config.AccountOptions;
import io.mestral.config.CsvOptions;
import io.mestral.config.HttpOptions;
import io.mestral.config.HttpOptions.SignUp;
import io.mestral.config.OAuthOptions;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.User;
import io.mestral.routing.Keeper;
import io.mestral.routing.Router;
import io.mestral.routing.request.Asking;
import io.mestral.routing.request.Others;
import io.mestral.routing.request.RequestRouter;
import io.mestral.routing.request.call.ConvertUnit;
import io.mestral.routing.request.call.NodeHealth;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.presence.Presence;
import io.mestral.routing.request.trade.Accounts;
import io.mestral.routing.request.trade.TradeDesk;
import io.mestral.routing.request.trail.Trails;
import io.mestral.routing.request.trust.Demand;
import io.mestral.routing.request.trust.SecuredMessages;
import io.mestral.routing.request.whereabouts.Whereabouts;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.storage.ApiToken;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.auth.oauth.ExternalProvider;
import io.mestral.verticles.auth.oauth.ExternalUsers;
import io.mestral.verticles.auth.oauth.Issuer;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.exporting.ExportFolder;
import io.mestral.verticles.http.account.AccountChanges;
import io.mestral.verticles.http.csv.CsvParts;
import io.mestral.verticles.http.map.MapVerticle;
import io.mestral.verticles.http.reading.SeriesRollup;
import io.mestral.verticles.ingestion.DeviceHomes;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.ingestion.IngestMetrics;
import io.mestral.verticles.ingestion.IngestionVerticle;
import io.mestral.verticles.ingestion.ReadingNews;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.smartrequest.ConnectedClients;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequestVerticle;
import io.mestral.verticles.smartrequest.keys.MessageKeyring;
import io.mestral.verticles.smartrequest.keys.NodeKeys;
import io.mestral.verticles.smartrequest.keys.TrustedKeys;
import io.mestral.verticles.smartrequest.platform.DeviceRollup;
import io.mestral.verticles.smartrequest.platform.PlatformDevices;
import io.mestral.verticles.smartrequest.platform.PlatformDevicesVerticle;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.mestral.verticles.uplink.receiving.EdgeViews;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The HTTP verticle with ingestion behind it, on a socket, over the stores of a node. */
final class TestNode implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-02-03T10:06:00Z");
  static final String PASSWORD = "correct horse";
  static final String FRIENDLY_ORIGIN = "https://map.example.org";

  final MovableClock clock = new MovableClock(NOW);
  final Metadata metadata;
  final InMemoryMqttClients mqtt = new InMemoryMqttClients();
  final ReadingStore readings;
  final InMemoryUpkeep upkeep = new InMemoryUpkeep();
  final InMemoryMoves moves = new InMemoryMoves();
  final Queue<UserId> changedUsers = new ConcurrentLinkedQueue<>();
  final Queue<Gateway> endedGateways = new ConcurrentLinkedQueue<>();
  final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  final TokenVault vault = new TokenVault(new byte[32]);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ExportFolder exports;
  final ConnectedClients clients = new ConnectedClients();
  final Letters letters = new Letters(vault, () -> "http://example.org", clock);
  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, clock);
  private final Passwords passwords = new Passwords(vertx, vault);
  private final WebClient client =
      WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
  private final int port;
  private final String http;
  final Queue<String> ended = new ConcurrentLinkedQueue<>();

  private TestNode(HttpOptions options, OAuthOptions oauth, Optional<Detours> detours) {
    metadata = stores.metadata();
    readings = stores.readings();
    exports = new ExportFolder(stores.folder().resolve("exports"), 1 << 20);
    Metadata store = detours.map(way -> way.to(Metadata.class, metadata)).orElse(metadata);
    ReadingStore series = detours.map(way -> way.to(ReadingStore.class, readings)).orElse(readings);
    LoginBrake brake = new LoginBrake(18, 1_000, vault, clock, new SimpleMeterRegistry());
    Issuer issuer = new Issuer(options.publicUrl());
    AuthorizationServer server =
        new AuthorizationServer(
            new AuthorizationServer.Ground(vertx, store, vault, brake, clock),
            issuer,
            oauth,
            ended::add);
    TokenVerifier verifier =
        new TokenVerifier(store, vault, passwords, brake, clock)
            .knowing(
                oauth
                    .external()
                    .map(
                        other ->
                            server
                                .accessTokens()
                                .or(
                                    new ExternalProvider(
                                        vertx,
                                        other,
                                        new ExternalUsers(
                                            store,
                                            passwords,
                                            vault,
                                            options.signUp() == SignUp.OPEN,
                                            clock),
                                        clock)))
                    .orElse(server.accessTokens()));
    IngestClient ingest =
        new IngestClient(
            vertx, new DeviceTopics(List.of()), new DeviceHomes(store.devices(), vault::open), 1);
    IngestionVerticle.Parts parts =
        new IngestionVerticle.Parts(
            store,
            series,
            (device, forwarded) -> Future.failedFuture("nobody forwards here"),
            vault,
            new IngestMetrics(new SimpleMeterRegistry()),
            new ReadingNews(),
            clock);
    await(vertx.deployVerticle(new IngestionVerticle(0, parts)));
    await(vertx.deployVerticle(new MapVerticle(store, series, clock)));
    CsvOptions csv = new CsvOptions(4, 4, 1 << 20, 1 << 20, 1024);
    CsvArchive archive = new CsvArchive(vertx, store, series);
    Platform platform =
        new Platform(
            store,
            series,
            new Platform.Access(
                vault,
                passwords,
                verifier,
                new AccountChanges(changedUsers::add, user -> {}, endedGateways::add),
                server),
            new Platform.Intake(ingest, ingest, ingest, ingest),
            new Platform.People(AccountOptions.DEFAULTS, letters::base, Optional.of(letters)),
            new CsvParts(archive, exports, csv, meters),
            new Platform.Probes(
                () -> Future.succeededFuture(List.copyOf(troubles)), () -> "up 1\n", "1.2.3"),
            mqtt,
            upkeep,
            moves,
            smartApi(store, series),
            new Platform.Edges(
                new EdgeViews(new Router(new RetainedMessages(1 << 20, clock), Keeper.NONE), clock),
                Optional.empty()),
            clock);
    Routes routes = new Routes(options, platform);
    List<HttpApiVerticle> instances = new java.util.concurrent.CopyOnWriteArrayList<>();
    http =
        await(
            vertx.deployVerticle(
                () -> {
                  HttpApiVerticle instance =
                      new HttpApiVerticle(options, routes, loop -> Upgrade.NONE);
                  instances.add(instance);
                  return instance;
                },
                new DeploymentOptions().setInstances(2)));
    port = instances.get(0).actualPort();
    if (instances.get(1).actualPort() != port) throw new AssertionError("two ports");
    issuer.announce(url());
  }

  private Platform.SmartApi smartApi(Metadata store, ReadingStore series) {
    NodeIris iris = new NodeIris(() -> "http://example.org");
    EntityDirectory directory = new EntityDirectory(store.entities(), 1_000, clock);
    PlatformDevices devices =
        new PlatformDevices(
            vertx, new PlatformDevices.Stores(store, series), iris::reach, Ontology.core(), clock);
    await(vertx.deployVerticle(new PlatformDevicesVerticle(devices)));
    Trails trails = new Trails(iris::node, clock);
    Platform.Keys keys =
        new Platform.Keys(
            new NodeKeys(store.nodeKeys(), new TokenVault(new byte[32]), iris::node, clock),
            new TrustedKeys(store.trustedKeys(), clock));
    await(keys.own().open());
    Accounts accounts = new Accounts(store.accounts(), iris::node, clock);
    TradeDesk trade =
        new TradeDesk(
            new TradeDesk.Ground(
                iris::node,
                directory::owner,
                accounts,
                new MessageKeyring(keys.own(), keys.trusted()),
                vertx,
                clock));
    RequestRouter router =
        new RequestRouter(
            iris::node,
            directory,
            List.of(devices, directory, accounts),
            new RequestRouter.Settings(
                List.of(
                    new ConvertUnit(Units.shared()),
                    new NodeHealth(() -> Future.succeededFuture(List.copyOf(troubles))),
                    new DeviceRollup(
                        devices, new SeriesRollup(vertx, series, clock), Units.shared(), clock)),
                Others.NONE,
                Asking.NOBODY,
                new SecuredMessages(
                    iris::node,
                    new MessageKeyring(keys.own(), keys.trusted()),
                    new SecuredMessages.Settings(
                        Demand.NOTHING, Duration.ofDays(1), QudtFamily.LEGACY),
                    vertx,
                    clock),
                (request, asker, present) ->
                    Future.failedFuture("nobody is told anything by this node"),
                trails,
                new Presence(clock),
                trade,
                100,
                100_000,
                clock),
            vertx);
    await(vertx.deployVerticle(new SmartRequestVerticle(router, directory::load)));
    return new Platform.SmartApi(
        "here",
        SmartRequestVerticle.client(vertx),
        iris,
        QudtFamily.LEGACY,
        keys,
        accounts,
        new Platform.Watch(
            new Whereabouts(iris::node, trails, Asking.NOBODY, gateway -> false, clock),
            new Presence(clock)),
        clients);
  }

  static TestNode start() {
    return start(0, SignUp.OPEN);
  }

  static TestNode start(int requestsPerMinute, SignUp signUp) {
    return start(requestsPerMinute, signUp, OAuthOptions.DEFAULTS);
  }

  static TestNode start(int requestsPerMinute, SignUp signUp, OAuthOptions oauth) {
    return new TestNode(options(requestsPerMinute, signUp), oauth, Optional.empty());
  }

  /** A node that reaches its stores by these ways; the test itself reaches them directly. */
  static TestNode start(Detours detours) {
    return new TestNode(options(0, SignUp.OPEN), OAuthOptions.DEFAULTS, Optional.of(detours));
  }

  private static HttpOptions options(int requestsPerMinute, SignUp signUp) {
    return new HttpOptions(
        "127.0.0.1",
        0,
        Optional.empty(),
        Optional.empty(),
        requestsPerMinute,
        4 << 20,
        signUp,
        Set.of(FRIENDLY_ORIGIN),
        Set.of(),
        Optional.of("https://example.org/licence"));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Vertx vertx() {
    return vertx;
  }

  /** An account whose password is {@link #PASSWORD}. */
  Person person(String name, int roleMask) {
    User draft =
        new User(
            new UserId(0),
            UUID.randomUUID(),
            name,
            name + "@example.org",
            roleMask,
            Optional.of("Barcelona"),
            Optional.of("ES"),
            Optional.empty(),
            "0123456789abcdef0123456789abcdef01234567",
            NOW,
            NOW);
    User user = await(metadata.users().add(draft, Hashed.PASSWORD));
    Secret token = vault.newApiToken();
    await(
        metadata
            .tokens()
            .add(
                new ApiToken(
                    vault.seal(token), user.id(), ApiToken.Kind.PRIVATE, NOW, Optional.empty())));
    return new Person(user, token.reveal());
  }

  Call get(String uri) {
    return call(HttpMethod.GET, uri);
  }

  Call call(HttpMethod method, String uri) {
    return new Call(client.requestAbs(method, url() + uri), method, uri);
  }

  /** Closes its port, as a node does when it stops. */
  void stopHttp() {
    await(vertx.undeploy(http));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    for (String verticle : vertx.deploymentIDs()) await(vertx.undeploy(verticle));
    stores.close();
    await(vertx.close());
  }

  /** Takes a while, so it is done once for all people of all tests. */
  private static final class Hashed {
    static final String PASSWORD = hash();

    private static String hash() {
      Vertx vertx = Vertx.vertx();
      try {
        Passwords passwords = new Passwords(vertx, new TokenVault(new byte[32]));
        return await(passwords.hash(Secret.of(TestNode.PASSWORD)));
      } finally {
        await(vertx.close());
      }
    }
  }

  /** Somebody with an account. */
  record Person(User user, String token) {}

  /** A request being made, whose answer is held against the contract. */
  static final class Call {
    private final HttpRequest<Buffer> request;
    private final HttpMethod method;
    private String uri;

    Call(HttpRequest<Buffer> request, HttpMethod method, String uri) {
      this.request = request;
      this.method = method;
      this.uri = uri;
    }

    Call as(Person person) {
      return with("Authorization", "Bearer " + person.token());
    }

    Call with(String header, String value) {
      request.putHeader(header, value);
      if (header.equals("Accept") && value.contains("version=1") && uri.startsWith("/devices"))
        uri = "/v1" + uri; // which it is in the contract
      return this;
    }

    HttpResponse<Buffer> send() {
      return checked(request.send());
    }

    HttpResponse<Buffer> send(Buffer body) {
      return checked(request.sendBuffer(body));
    }

    HttpResponse<Buffer> send(JsonObject body) {
      return checked(request.sendJsonObject(body));
    }

    HttpResponse<Buffer> send(String contentType, String body) {
      return checked(
          request.putHeader("Content-Type", contentType).sendBuffer(Buffer.buffer(body)));
    }

    JsonObject object() {
      return send().bodyAsJsonObject();
    }

    JsonArray array() {
      return send().bodyAsJsonArray();
    }

    private HttpResponse<Buffer> checked(Future<HttpResponse<Buffer>> answering) {
      HttpResponse<Buffer> answer = await(answering);
      if ("gzip".equals(answer.getHeader("Content-Encoding"))) return answer;
      ResponseCheck.check(
          method.name(),
          uri,
          new ResponseCheck.Received(answer.statusCode(), answer.headers(), answer.bodyAsString()));
      return answer;
    }
  }
}
