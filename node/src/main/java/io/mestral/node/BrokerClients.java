package io.mestral.node;

import io.mestral.broker.session.Session;
import io.mestral.broker.session.SessionKey;
import io.mestral.broker.session.SessionStore;
import io.mestral.broker.telemetry.ClientRoster;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.Masking;
import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.broker.telemetry.Traffic;
import io.mestral.broker.telemetry.Traffic.Figure;
import io.mestral.broker.telemetry.Watched;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.config.BrokerOptions.Access;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.verticles.http.ops.MqttClients;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Shows the broker's clients to the HTTP API. What goes over all of them is done off the event
 * loops; a session is asked on its own, and only those of the page that is wanted.
 */
final class BrokerClients implements MqttClients {
  private static final SessionFigures UNKNOWN = new SessionFigures(0, 0, 0, 0, List.of());

  private final Vertx vertx;
  private final ClientRoster roster;
  private final SessionStore kept;
  private final Access access;
  private final Clock clock;

  BrokerClients(Vertx vertx, ClientRoster roster, SessionStore kept, Access access, Clock clock) {
    this.vertx = vertx;
    this.roster = roster;
    this.kept = kept;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public Future<Page<Client>> list(Filter filter, Order order, Paging paging) {
    return vertx
        .executeBlocking(() -> select(filter, order, paging), false)
        .compose(
            page ->
                Future.join(page.items().stream().map(this::client).toList())
                    .map(all -> new Page<>(all.<Client>list(), page.total())));
  }

  @Override
  public Future<Optional<Detail>> find(String id) {
    return named(id)
        .compose(
            name ->
                name.isPresent()
                    ? detail(name.get()).map(Optional::of)
                    : Future.succeededFuture(Optional.empty()));
  }

  @Override
  public Future<Optional<Departure>> end(String id, boolean withSession) {
    return named(id)
        .compose(
            name ->
                name.isPresent()
                    ? vertx
                        .executeBlocking(() -> end(name.get(), withSession), false)
                        .compose(departure -> departure)
                    : Future.succeededFuture(Optional.empty()));
  }

  /** The session first: it is to end with the connection. */
  private Future<Optional<Departure>> end(ClientName name, boolean withSession) {
    SessionKey key = new SessionKey(name.principal(), name.clientId());
    boolean held = kept.holds(key);
    Future<OptionalInt> discarded =
        withSession ? kept.discard(key) : Future.succeededFuture(OptionalInt.empty());
    Optional<Watched> connected = roster.find(name).flatMap(ClientWatch::session);
    connected.ifPresent(Watched::disconnect);
    if (!held && connected.isEmpty()) return Future.succeededFuture(Optional.empty());
    return discarded.map(
        messages ->
            Optional.of(
                new Departure(connected.isPresent(), !held || withSession, messages.orElse(0))));
  }

  private Future<Optional<ClientName>> named(String id) {
    return vertx.executeBlocking(() -> roster.named(id).or(() -> absentNamed(id)), false);
  }

  private Optional<ClientName> absentNamed(String id) {
    return absent()
        .map(BrokerClients::name)
        .filter(name -> roster.handleOf(name).equals(id))
        .findFirst();
  }

  /** The sessions whose clients are away. */
  private Stream<Session> absent() {
    return kept.all().stream().filter(session -> roster.find(name(session)).isEmpty());
  }

  private static ClientName name(Session session) {
    return new ClientName(session.key().principal(), session.key().clientId());
  }

  private Page<Seen> select(Filter filter, Order order, Paging paging) {
    List<Seen> fitting =
        Stream.concat(roster.all().stream().map(Seen::of), absent().map(Seen::of))
            .filter(seen -> fits(seen.name(), filter) && seen.belongsTo(order))
            .sorted(comparator(order))
            .toList();
    List<Seen> page = fitting.stream().skip(paging.offset()).limit(paging.size()).toList();
    return new Page<>(page, fitting.size());
  }

  /** A client, here or away. Figures change while they are compared, so they are taken once. */
  private record Seen(
      ClientName name,
      Optional<ClientWatch> here,
      Optional<Session> away,
      long queued,
      long blocked) {
    static Seen of(ClientWatch watch) {
      long queued = watch.session().map(Watched::queuedBytes).orElse(0L);
      long blocked = watch.meter().blockedOfLate().toMillis();
      return new Seen(watch.name(), Optional.of(watch), Optional.empty(), queued, blocked);
    }

    static Seen of(Session session) {
      return new Seen(
          BrokerClients.name(session),
          Optional.empty(),
          Optional.of(session),
          session.queuedBytes(),
          0);
    }

    boolean belongsTo(Order order) {
      return switch (order) {
        case CLIENT_ID -> true;
        case QUEUED -> queued > 0;
        case SLOWEST -> here.isPresent() && (queued > 0 || blocked > 0);
      };
    }
  }

  private static Comparator<Seen> comparator(Order order) {
    Comparator<Seen> byName =
        Comparator.comparing((Seen seen) -> seen.name().clientId())
            .thenComparing(seen -> seen.name().principal());
    return switch (order) {
      case CLIENT_ID -> byName;
      case QUEUED -> most(Seen::queued).thenComparing(byName);
      case SLOWEST -> most(Seen::blocked).thenComparing(most(Seen::queued)).thenComparing(byName);
    };
  }

  private static Comparator<Seen> most(ToLongFunction<Seen> figure) {
    return Comparator.comparingLong(figure).reversed();
  }

  private static boolean fits(ClientName name, Filter filter) {
    return name.clientId().startsWith(filter.clientId())
        && filter.principal().map(name.principal()::equals).orElse(true);
  }

  private Future<Client> client(Seen seen) {
    if (seen.here().isEmpty())
      return Future.succeededFuture(
          away(seen.name(), seen.away().map(Session::figures).orElse(UNKNOWN)));
    ClientWatch watch = seen.here().get();
    return figures(watch).map(figures -> client(watch, figures));
  }

  private static Future<SessionFigures> figures(ClientWatch watch) {
    return watch.session().map(Watched::figures).orElse(Future.succeededFuture(UNKNOWN));
  }

  private Future<Detail> detail(ClientName name) {
    Optional<ClientWatch> connected = roster.find(name);
    if (connected.isPresent())
      return figures(connected.get()).map(figures -> detail(connected.get(), figures));
    return vertx.executeBlocking(() -> detailOfAbsent(name), false);
  }

  private Detail detailOfAbsent(ClientName name) {
    SessionFigures figures =
        absent()
            .filter(session -> name(session).equals(name))
            .findFirst()
            .map(Session::figures)
            .orElse(UNKNOWN);
    return new Detail(
        away(name, figures),
        List.of(),
        List.of(),
        Map.of(),
        dropped(figures, Optional.empty()),
        figures.subscriptions(),
        events(name));
  }

  private Client away(ClientName name, SessionFigures figures) {
    Counts waiting =
        Counts.waiting(
            figures.inflight(),
            figures.incoming(),
            figures.queued(),
            figures.queuedBytes(),
            sum(dropped(figures, Optional.empty())));
    return new Client(
        roster.handleOf(name), shown(name), name.principal(), Optional.empty(), waiting);
  }

  private Detail detail(ClientWatch watch, SessionFigures figures) {
    return new Detail(
        client(watch, figures),
        byQos(watch.meter().traffic(), Figure::received),
        byQos(watch.meter().traffic(), Figure::sent),
        reasons(Refusal.values(), watch::refused),
        dropped(figures, Optional.of(watch)),
        figures.subscriptions(),
        events(watch.name()));
  }

  private Client client(ClientWatch watch, SessionFigures figures) {
    ClientName name = watch.name();
    return new Client(
        roster.handleOf(name),
        shown(name),
        name.principal(),
        Optional.of(connection(watch)),
        counts(watch, figures));
  }

  private Connection connection(ClientWatch watch) {
    ClientWatch.Connection connection = watch.connection();
    return new Connection(
        connection.access().protocol(),
        connection.access().transport(),
        connection.access().address(),
        connection.cleanStart(),
        connection.keepAlive(),
        watch.since(),
        clock.instant().minus(watch.meter().silence()));
  }

  private static Counts counts(ClientWatch watch, SessionFigures figures) {
    Traffic traffic = watch.meter().traffic();
    return new Counts(
        figures.inflight(),
        figures.incoming(),
        figures.queued(),
        figures.queuedBytes(),
        traffic.received(),
        traffic.sent(),
        traffic.get(Figure.BYTES_IN),
        traffic.get(Figure.BYTES_OUT),
        Arrays.stream(Refusal.values()).mapToLong(watch::refused).sum(),
        sum(dropped(figures, Optional.of(watch))),
        watch.meter().blockedOfLate());
  }

  /** On this connection, and while it was away. */
  private static Map<String, Long> dropped(SessionFigures figures, Optional<ClientWatch> here) {
    return reasons(
        Drop.values(),
        why ->
            figures.droppedAway().getOrDefault(why, 0L)
                + here.map(watch -> watch.dropped(why)).orElse(0L));
  }

  private static long sum(Map<String, Long> counted) {
    return counted.values().stream().mapToLong(Long::longValue).sum();
  }

  private List<Event> events(ClientName name) {
    return roster.eventsOf(name).stream().map(BrokerClients::event).toList();
  }

  private static Event event(BrokerEvent event) {
    return new Event(event.at(), event.kind(), event.text());
  }

  private static List<Long> byQos(Traffic traffic, Function<QoS, Figure> figure) {
    return Arrays.stream(QoS.values()).map(figure).map(traffic::get).toList();
  }

  private static <C extends Enum<C>> Map<String, Long> reasons(C[] causes, ToLongFunction<C> of) {
    Map<String, Long> counted = new LinkedHashMap<>();
    for (C cause : causes) {
      long count = of.applyAsLong(cause);
      if (count > 0) counted.put(cause.name().toLowerCase(Locale.ROOT), count);
    }
    return counted;
  }

  /** Kits and devices may use their token as identifier; where all is open nothing is hidden. */
  private String shown(ClientName name) {
    boolean mayBeToken =
        name.principal().equals("anonymous") || name.principal().startsWith("device:");
    return access == Access.PLATFORM && mayBeToken
        ? Masking.clientId(name.clientId())
        : Masking.printable(name.clientId());
  }
}
