package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import io.mestral.config.CassandraOptions;
import io.mestral.config.CassandraOptions.Server;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the cluster: statements are prepared, repeatable and timed; what the driver
 * throws becomes a refusal. Used on one context.
 */
final class CassandraSession {
  /** Statements on their way at a time, of one call. */
  static final int WIDTH = 32;

  private static final Logger log = LoggerFactory.getLogger(CassandraSession.class);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final int PAGE = 2000;

  /** More than readers may have on their way, so that what is written always gets through. */
  private static final int MOST_REQUESTS = 16_384;

  private final CassandraClient client;
  private final WorkerExecutor workers;
  private final Map<Cql, PreparedStatement> prepared = new EnumMap<>(Cql.class);
  private Metadata metadata;

  private CassandraSession(Vertx vertx, CqlSessionBuilder builder) {
    client = CassandraClient.create(vertx, new CassandraClientOptions(builder));
    workers = vertx.createSharedWorkerExecutor("mestral-cassandra-" + hashCode(), 2);
  }

  /**
   * Connects and leaves a keyspace with this version's tables. Fails with {@link CannotStart} when
   * the cluster cannot be reached or not be used.
   */
  static Future<CassandraSession> open(Vertx vertx, CassandraOptions options, Schema schema) {
    return vertx
        .executeBlocking(() -> builder(options), false)
        .map(builder -> new CassandraSession(vertx, builder))
        .compose(
            session ->
                session
                    .connect(options)
                    .compose(done -> schema.bringUpToDate(session.client))
                    .compose(done -> session.prepare(options.keyspace()))
                    .compose(done -> session.lookAround())
                    .map(session)
                    .recover(
                        failure ->
                            session
                                .close()
                                .transform(
                                    done -> Future.failedFuture(failure(options, failure)))));
  }

  private static CqlSessionBuilder builder(CassandraOptions options) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(options.dataCentre())
            .withConfigLoader(configuration(options));
    for (Server server : options.contactPoints()) {
      InetSocketAddress resolved = new InetSocketAddress(server.host(), server.port());
      if (resolved.isUnresolved()) throw new CannotStart("there is no host " + server.host());
      builder.addContactPoint(resolved);
    }
    options
        .login()
        .ifPresent(login -> builder.withAuthCredentials(login.user(), login.password().reveal()));
    return builder;
  }

  private static DriverConfigLoader configuration(CassandraOptions options) {
    return DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
        .withString(
            DefaultDriverOption.REQUEST_CONSISTENCY,
            DefaultConsistencyLevel.valueOf(options.consistency().name()).name())
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, PAGE)
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MOST_REQUESTS)
        .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(5))
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2))
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(20))
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, Duration.ofSeconds(20))
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(options.keyspace()))
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 100)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, 3000)
        .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 100)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 3000)
        .build();
  }

  private Future<Void> connect(CassandraOptions options) {
    return client
        .metadata()
        .map(
            known -> {
              metadata = known;
              List<String> centres =
                  known.getNodes().values().stream()
                      .map(node -> String.valueOf(node.getDatacenter()))
                      .distinct()
                      .toList();
              if (!centres.contains(options.dataCentre()))
                throw new CannotStart(
                    "the cluster has no data centre "
                        + options.dataCentre()
                        + "; it has "
                        + String.join(", ", centres));
              return null;
            });
  }

  private static CannotStart failure(CassandraOptions options, Throwable failure) {
    if (failure instanceof CannotStart known) return known;
    return new CannotStart(
        "the cluster at " + options.address() + " can't be used: " + reason(failure), failure);
  }

  /** A wrong password tells more than that servers don't answer, and it is told of each of them. */
  private static String reason(Throwable failure) {
    if (!(failure instanceof AllNodesFailedException all)) return failure.getMessage();
    List<Throwable> errors = all.getAllErrors().values().stream().flatMap(List::stream).toList();
    return errors.stream()
        .filter(AuthenticationException.class::isInstance)
        .findFirst()
        .map(Throwable::getMessage)
        .orElseGet(
            () -> "none of its servers answers" + (errors.isEmpty() ? "" : ": " + errors.get(0)));
  }

  private Future<Void> prepare(String keyspace) {
    Future<Void> all = Future.succeededFuture();
    for (Cql statement : Cql.values())
      all =
          all.compose(done -> client.prepare(statement.in(keyspace)))
              .map(
                  made -> {
                    prepared.put(statement, made);
                    return null;
                  });
    return all;
  }

  /** Who is in the cluster and holds what, as it was when that was looked at last. */
  Metadata metadata() {
    return metadata;
  }

  /** Looks again who is in the cluster; that costs nothing. */
  Future<Void> lookAround() {
    return client
        .metadata()
        .map(
            known -> {
              metadata = known;
              return null;
            });
  }

  BoundStatement bind(Cql statement, Object... values) {
    return prepared.get(statement).bind(values);
  }

  /** Executes something that answers nothing. */
  Future<Void> execute(Statement<?> statement) {
    return client.execute(statement).<Void>mapEmpty().recover(CassandraSession::refused);
  }

  /** Executes all, so many at a time; fails when one of them has failed, and ends then. */
  Future<Void> executeAll(Collection<? extends Statement<?>> statements) {
    if (statements.isEmpty()) return Future.succeededFuture();
    Iterator<? extends Statement<?>> left = statements.iterator();
    Promise<Void> all = Promise.promise();
    AtomicInteger running = new AtomicInteger(1);
    Runnable finish =
        () -> {
          if (running.decrementAndGet() == 0) all.tryComplete();
        };
    for (int i = 0; i < WIDTH; i++) next(left, running, all, finish);
    finish.run();
    return all.future();
  }

  private void next(
      Iterator<? extends Statement<?>> left,
      AtomicInteger running,
      Promise<Void> all,
      Runnable finish) {
    if (!left.hasNext() || all.future().isComplete()) return;
    running.incrementAndGet();
    execute(left.next())
        .onComplete(
            done -> {
              if (done.failed()) all.tryFail(done.cause());
              next(left, running, all, finish);
              finish.run();
            });
  }

  /** Gives every row to the taker, on a thread for that. */
  Future<Void> each(Statement<?> query, Consumer<Row> taker) {
    return until(
        query,
        row -> {
          taker.accept(row);
          return true;
        });
  }

  /** Gives rows to the taker, on a thread for that, until it wants no more. */
  Future<Void> until(Statement<?> query, Predicate<Row> taker) {
    return client
        .execute(query)
        .compose(page -> take(page, taker))
        .recover(CassandraSession::refused);
  }

  private Future<Void> take(ResultSet page, Predicate<Row> taker) {
    return workers
        .executeBlocking(() -> offer(page, taker), false)
        .compose(
            more ->
                more && page.hasMorePages()
                    ? page.fetchNextPage().compose(next -> take(next, taker))
                    : Future.succeededFuture());
  }

  private static boolean offer(ResultSet page, Predicate<Row> taker) {
    for (Row row : page.currentPage()) if (!taker.test(row)) return false;
    return true;
  }

  private static <T> Future<T> refused(Throwable failure) {
    if (!(failure instanceof DriverException || failure instanceof IllegalStateException))
      return Future.failedFuture(failure); // the driver says so of a session that was closed
    log.debug("Cassandra does not do it", failure);
    return Future.failedFuture(
        new RefusedException(
            Refusal.UNAVAILABLE, "the readings' database is away: " + failure.getMessage()));
  }

  Future<Void> close() {
    return client.close().eventually(workers::close);
  }
}
