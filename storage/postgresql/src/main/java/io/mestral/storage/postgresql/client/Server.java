package io.mestral.storage.postgresql.client;

import io.mestral.config.PostgresOptions;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.sql.Dialect;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Work;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server. Reads share a few connections, many under way on each; a write has one for
 * itself, in the lane of what it concerns. Whoever asks has an answer in time, also of a server
 * that has fallen silent; a write that was refused so may still be done.
 */
public final class Server implements Engine {
  /** How long anybody waits to read. */
  public static final Duration READ = Duration.ofSeconds(5);

  /** How long anybody waits to write, behind others that write. */
  public static final Duration WRITE = Duration.ofSeconds(10);

  /** How many writes may wait. */
  public static final int MAX_WRITES = 8192;

  /** How many of them in one lane: what is written about one thing leaves the others room. */
  public static final int MAX_IN_LANE = 2048;

  /** How many reads may wait. */
  public static final int MAX_READS = 16_384;

  /** How long a server may say nothing before its connections are given up. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final int READS_AT_A_TIME = 16; // on one connection
  private static final int ATTEMPTS = 5;
  private static final String WRITABLE =
      """
      SELECT NOT (pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean)
      AS writable
      """;

  private final Vertx vertx;
  private final SqlClient reads;
  private final Pool writes;
  private final List<Lane> lanes = new ArrayList<>();
  private final Failures failures;
  private final AtomicInteger reading = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private volatile boolean closed;

  /**
   * Connects when it is first asked for something.
   *
   * @param silence usually {@link #SILENCE}
   */
  public Server(Vertx vertx, PostgresOptions options, Failures failures, Duration silence) {
    this.vertx = vertx;
    this.failures = failures;
    int forReads = Math.max(1, options.connections() / 3);
    int forWrites = options.connections() - forReads;
    Vertx impatient = Connecting.impatient(vertx, silence);
    reads =
        PgBuilder.client()
            .with(pool(forReads, MAX_READS, silence))
            .connectingTo(Connecting.to(options, READS_AT_A_TIME))
            .using(impatient)
            .build();
    writes =
        PgBuilder.pool()
            .with(pool(forWrites, MAX_WRITES, silence))
            .connectingTo(Connecting.to(options, 1))
            .using(impatient)
            .build();
    for (int i = 0; i < forWrites; i++) lanes.add(new Lane());
  }

  /** Nobody gets a connection that is about to be given up for having said nothing. */
  private static PoolOptions pool(int connections, int waiting, Duration silence) {
    return new PoolOptions()
        .setMaxSize(connections)
        .setMaxWaitQueueSize(waiting)
        .setIdleTimeout((int) silence.toMillis() / 2)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public <T> Future<T> read(Work<T> work) {
    if (closed || reading.get() >= MAX_READS) return tooMuch();
    reading.incrementAndGet();
    return inTime(
        work.in(new PostgresSession(reads)).onComplete(done -> reading.decrementAndGet()), READ);
  }

  @Override
  public <T> Future<T> write(long thing, Work<T> work) {
    return submit(thing, () -> attempt(work, ATTEMPTS));
  }

  @Override
  public <T> Future<T> writeAlone(long thing, Work<T> work) {
    return submit(thing, () -> writes.withConnection(in(work)));
  }

  /** Succeeds when the server answers and would take writes. */
  public Future<Void> check() {
    return read(session -> session.first(WRITABLE, row -> row.flag("writable")))
        .compose(
            writable ->
                writable.orElseThrow()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new RefusedException(Refusal.UNAVAILABLE, "PostgreSQL takes no writes")));
  }

  /** Finishes the writes that wait, as long as the server answers; lets go of the connections. */
  public Future<Void> close() {
    closed = true;
    List<Future<?>> ended = new ArrayList<>();
    for (Lane lane : lanes) {
      Unit<Void> last = unit(Future::succeededFuture);
      lane.add(last);
      ended.add(inTime(last.outcome(), READ));
    }
    return Future.join(ended)
        .eventually(() -> inTime(Future.join(reads.close(), writes.close()), FAREWELL))
        .<Void>mapEmpty()
        .otherwise(
            silent -> {
              LOG.warn("PostgreSQL was left without an answer: {}", silent.toString());
              return null;
            });
  }

  /** How many writes wait just now or are under way. */
  public int waitingWrites() {
    return lanes.stream().mapToInt(Lane::waiting).sum();
  }

  /** How many reads wait just now or are under way. */
  public int waitingReads() {
    return reading.get();
  }

  /** How many questions were refused because too many waited, or we are closed. */
  public long refused() {
    return refused.sum();
  }

  /** How many questions the server left without an answer. */
  public long unanswered() {
    return failures.unavailable();
  }

  private <T> Future<T> attempt(Work<T> work, int left) {
    return writes
        .withTransaction(in(work))
        .recover(
            failure ->
                left > 1 && failures.isLostRace(failure)
                    ? attempt(work, left - 1)
                    : Future.failedFuture(failure));
  }

  private static <T> Function<SqlConnection, Future<T>> in(Work<T> work) {
    return connection -> work.in(new PostgresSession(connection));
  }

  private <T> Future<T> submit(long thing, Supplier<Future<T>> write) {
    Lane lane = lanes.get(Math.floorMod(Long.hashCode(thing), lanes.size()));
    if (closed || lane.waiting() >= MAX_IN_LANE || waitingWrites() >= MAX_WRITES) return tooMuch();
    Unit<T> unit = unit(write);
    lane.add(unit);
    return inTime(unit.outcome(), WRITE);
  }

  private <T> Unit<T> unit(Supplier<Future<T>> write) {
    return new Unit<>(write, vertx.getOrCreateContext(), System.nanoTime() + WRITE.toNanos());
  }

  private <T> Future<T> tooMuch() {
    refused.increment();
    return Future.failedFuture(
        new RefusedException(Refusal.UNAVAILABLE, "the metadata store is busy or closed"));
  }

  /** What comes later than anybody waits is not told. */
  private <T> Future<T> inTime(Future<T> asked, Duration patience) {
    Promise<T> answer = Promise.promise();
    long timer =
        vertx.setTimer(
            patience.toMillis(),
            late -> answer.tryFail(new TimeoutException("no answer within " + patience)));
    asked.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          if (done.succeeded()) answer.tryComplete(done.result());
          else answer.tryFail(done.cause());
        });
    return answer.future().recover(failure -> Future.failedFuture(failures.translate(failure)));
  }
}
