package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.connection.RightsChanges;
import io.mestral.broker.connection.Services;
import io.mestral.broker.keeping.KeepingMeters;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.broker.keeping.KeptSessions;
import io.mestral.broker.keeping.MessageLog;
import io.mestral.broker.keeping.SessionRights;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.sys.SysVerticle;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.config.BrokerOptions;
import io.mestral.config.TlsOptions;
import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.routing.Keeper;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A real broker on two event loops and any free port of 127.0.0.1, open to all unless told. */
public final class TestBroker implements AutoCloseable {
  /** What nobody set otherwise. */
  public static final BrokerOptions OPTIONS = Options.usual().build();

  private static final AccessPolicy ANYBODY = new OpenPolicy();

  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setEventLoopPoolSize(2))
          .withTransport(transport())
          .build();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final BrokerMetrics metrics = new BrokerMetrics(meters, () -> sessions().size());
  private final MovableClock clock;
  private final SessionRegistry sessions;
  private final List<BrokerEvent> events = new CopyOnWriteArrayList<>();
  private final ClientRoster clients;
  private final Router router;
  private final Optional<Kept> kept;
  private final List<BrokerVerticle> verticles = new CopyOnWriteArrayList<>();
  private static final SSLEngineOptions ENGINE = new JdkSSLEngineOptions().setUseWorkerThread(true);

  private final List<BrokerVerticle> overTls = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();

  private Services services;

  /** What a broker has that keeps sessions. */
  private record Kept(FaultyJournal journal, KeptSessions sessions) {}

  private TestBroker(BrokerOptions options) {
    clock = new MovableClock();
    clients = new ClientRoster(metrics, events::add, clock);
    router = new Router(retained(options), Keeper.NONE);
    sessions = new SessionRegistry();
    kept = Optional.empty();
  }

  private TestBroker(
      BrokerOptions options,
      Path folder,
      KeepingOptions keeping,
      MovableClock time,
      People people) {
    clock = time;
    clients = new ClientRoster(metrics, events::add, clock);
    FaultyJournal journal =
        new FaultyJournal(
            EmbeddedJournal.open(
                vertx, folder, JournalOptions.DEFAULTS, new SimpleMeterRegistry()));
    MessageLog log = new MessageLog(journal, keeping, clock, new KeepingMeters(meters, metrics));
    router = new Router(retained(options), log);
    KeptSessions store =
        new KeptSessions(
            vertx,
            log,
            router,
            new SessionRights(
                people.policy, people::named, clients, options.limits().connectTimeout()));
    sessions = new SessionRegistry(store);
    kept = Optional.of(new Kept(journal, store));
  }

  private RetainedMessages retained(BrokerOptions options) {
    return new RetainedMessages(options.sessions().retainedMaxBytes(), clock);
  }

  /** One that keeps sessions in this folder. */
  public static TestBroker keeping(Path folder) throws Exception {
    return keeping(folder, OPTIONS);
  }

  /** One that looks every 20 ms at what is due. */
  public static TestBroker keeping(Path folder, BrokerOptions options) throws Exception {
    return keeping(folder, options, oftenSwept(options), new MovableClock());
  }

  private static KeepingOptions oftenSwept(BrokerOptions options) {
    return new KeepingOptions(
        options.sessions(), 64 << 20, 64 << 20, 256 << 20, Duration.ofMillis(20));
  }

  public static TestBroker keeping(
      Path folder, BrokerOptions options, KeepingOptions keeping, MovableClock clock)
      throws Exception {
    return keeping(folder, options, keeping, clock, new People(List.of(), ANYBODY));
  }

  /** One where these have the rights that the policy gives them. */
  public static TestBroker keeping(Path folder, People people) throws Exception {
    return keeping(folder, OPTIONS, people);
  }

  public static TestBroker keeping(Path folder, BrokerOptions options, People people)
      throws Exception {
    return keeping(folder, options, oftenSwept(options), new MovableClock(), people);
  }

  private static TestBroker keeping(
      Path folder, BrokerOptions options, KeepingOptions keeping, MovableClock clock, People people)
      throws Exception {
    TestBroker broker = new TestBroker(options, folder, keeping, clock, people);
    broker.kept.orElseThrow().sessions.open().await(10, TimeUnit.SECONDS);
    return broker.deploy(options, people, people.policy);
  }

  /**
   * Who there is, by the user name they log in with.
   *
   * @param known as they are now, in a list that may change
   */
  public record People(List<Principal.User> known, AccessPolicy policy) implements Authenticator {
    @Override
    public Future<Login> authenticate(Credentials credentials) {
      if (credentials.username().isEmpty()) return Future.succeededFuture(Login.ANONYMOUS);
      return known.stream()
          .filter(user -> user.username().equals(credentials.username().get()))
          .findFirst()
          .<Future<Login>>map(user -> Future.succeededFuture(Login.of(user)))
          .orElseGet(() -> Future.failedFuture(new RefusedException(Refusal.BAD_CREDENTIALS, "")));
    }

    Future<Optional<Principal>> named(String name) {
      if (name.equals(Principal.ANONYMOUS.name()))
        return Future.succeededFuture(Optional.of(Principal.ANONYMOUS));
      return Future.succeededFuture(
          known.stream().filter(user -> user.name().equals(name)).findFirst().map(user -> user));
    }
  }

  /** As a node does: it notices the end of a connection that isn't read, the portable one not. */
  private static Transport transport() {
    return Transport.EPOLL != null && Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
  }

  public static TestBroker start() throws Exception {
    return start(OPTIONS, credentials -> Future.succeededFuture(Login.ANONYMOUS), ANYBODY);
  }

  public static TestBroker start(BrokerOptions options) throws Exception {
    return start(options, credentials -> Future.succeededFuture(Login.ANONYMOUS), ANYBODY);
  }

  public static TestBroker start(Authenticator authenticator) throws Exception {
    return start(OPTIONS, authenticator, ANYBODY);
  }

  public static TestBroker start(AccessPolicy policy) throws Exception {
    return start(OPTIONS, credentials -> Future.succeededFuture(Login.ANONYMOUS), policy);
  }

  public static TestBroker start(
      BrokerOptions options, Authenticator authenticator, AccessPolicy policy) throws Exception {
    return new TestBroker(options).deploy(options, authenticator, policy);
  }

  private TestBroker deploy(BrokerOptions options, Authenticator authenticator, AccessPolicy policy)
      throws Exception {
    services =
        new Services(options, router, sessions, authenticator, policy, metrics, clients, clock);
    vertx.deployVerticle(new SysVerticle(services)).await(10, TimeUnit.SECONDS);
    deploy(verticles, () -> new BrokerVerticle(services));
    if (options.tls().isPresent()) {
      ServerSSLOptions shown = certificate(options.tls().get());
      deploy(overTls, () -> BrokerVerticle.overTls(services, shown, ENGINE));
    }
    return this;
  }

  private ServerSSLOptions certificate(TlsOptions files) {
    ServerSSLOptions shown =
        new ServerSSLOptions()
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(content(files.cert()))
                    .addKeyValue(content(files.key())))
            .setClientAuth(ClientAuth.NONE);
    files
        .clientCa()
        .ifPresent(
            ca ->
                shown
                    .setTrustOptions(new PemTrustOptions().addCertValue(content(ca)))
                    .setClientAuth(ClientAuth.REQUEST));
    return shown;
  }

  private Buffer content(Path file) {
    return vertx.fileSystem().readFileBlocking(file.toString());
  }

  /** Has new TLS connections see another certificate. */
  void show(TlsOptions files) throws TimeoutException {
    overTls.get(0).show(certificate(files)).await(10, TimeUnit.SECONDS);
  }

  private void deploy(List<BrokerVerticle> made, Supplier<BrokerVerticle> maker) throws Exception {
    deployments.add(
        vertx
            .deployVerticle(
                () -> {
                  BrokerVerticle verticle = maker.get();
                  made.add(verticle);
                  return verticle;
                },
                new DeploymentOptions().setInstances(2))
            .await(10, TimeUnit.SECONDS));
  }

  public int port() {
    return verticles.get(0).actualPort();
  }

  /** Opens an HTTP port with MQTT over WebSocket at /mqtt, as a node has it. */
  public int openWebSocketPort() throws Exception {
    WebSocketPort port = new WebSocketPort(services);
    deployments.add(vertx.deployVerticle(port).await(10, TimeUnit.SECONDS));
    return port.actualPort();
  }

  public int tlsPort() {
    return overTls.get(0).actualPort();
  }

  public String url() {
    return "tcp://127.0.0.1:" + port();
  }

  public Router router() {
    return router;
  }

  public SessionRegistry sessions() {
    return sessions;
  }

  /** Through which it hears that somebody's rights changed. */
  public RightsChanges rights() {
    return new RightsChanges(vertx, sessions, clients);
  }

  public MovableClock clock() {
    return clock;
  }

  /** Puts a receiver beside the clients' sessions. */
  public void receive(String filter, Subscriber receiver) {
    router.subscribe(receiver, new TopicFilter(filter), Subscription.at(QoS.EXACTLY_ONCE));
  }

  public ClientRoster clients() {
    return clients;
  }

  /** What happened, in order as far as one client goes. */
  public List<BrokerEvent> events() {
    return events;
  }

  /** The sum of a counter over all its tags; 0 when nothing was counted. */
  public double count(String name) {
    return sum(meters.find("mestral.mqtt." + name));
  }

  public double count(String name, String tag, String value) {
    return sum(meters.find("mestral.mqtt." + name).tag(tag, value));
  }

  /** The sum of a gauge over all its tags. */
  public double gauge(String name) {
    return meters.get("mestral.mqtt." + name).gauges().stream().mapToDouble(Gauge::value).sum();
  }

  private static double sum(Search counters) {
    return counters.counters().stream().mapToDouble(Counter::count).sum()
        + counters.functionCounters().stream().mapToDouble(FunctionCounter::count).sum();
  }

  public int[] ports() {
    return verticles.stream().mapToInt(BrokerVerticle::actualPort).toArray();
  }

  /** Stops the broker in order, as a node does. */
  public void stop() throws TimeoutException {
    List<String> running = List.copyOf(deployments);
    deployments.clear();
    for (String deployment : running) vertx.undeploy(deployment).await(10, TimeUnit.SECONDS);
  }

  /** Waits until so many clients are connected. */
  public void awaitConnections(int number) {
    await(() -> sessions.size() == number);
  }

  /** Waits until there are so many sessions that outlive their connections. */
  public void awaitKept(int number) {
    await(() -> kept().size() == number);
  }

  /** Waits until so much was counted. */
  public void awaitCount(String name, double least) {
    await(() -> count(name) >= least);
  }

  public void awaitGaugeBelow(String name, double most) {
    await(() -> gauge(name) < most);
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 10 seconds").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  /** The sessions that outlive their connections. */
  public KeptSessions kept() {
    return kept.orElseThrow().sessions;
  }

  /** Where they are written down. */
  public FaultyJournal journal() {
    return kept.orElseThrow().journal;
  }

  /** Stops it in order, with what it keeps. */
  @Override
  public void close() throws TimeoutException {
    if (kept.isPresent()) {
      stop();
      kept.get().sessions.close().await(10, TimeUnit.SECONDS);
      kept.get().journal.close().await(10, TimeUnit.SECONDS);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
