package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.mestral.config.CassandraOptions;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables, made in steps that are never changed once they were published. Several nodes may
 * start at once: the steps are made under a lock, a row that only one of them can insert.
 */
final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOCK_SECONDS = 300;
  private static final int MOST_LOOKS = 700;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private static final String TIME_SERIES =
      " AND compaction = {'class': 'TimeWindowCompactionStrategy',"
          + " 'compaction_window_unit': 'DAYS', 'compaction_window_size': 7}";

  /** What a device measured, and which of its weeks have anything. */
  static final List<String> READINGS =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.readings (device bigint, week int, second bigint,"
              + " sensors blob, vals blob, PRIMARY KEY ((device, week), second, sensors))"
              + " WITH comment = 'a row for what arrived together of one device and second'"
              + TIME_SERIES,
          "CREATE TABLE IF NOT EXISTS %s.weeks (device bigint, week int,"
              + " PRIMARY KEY (device, week)) WITH comment = 'weeks of a device with readings'",
          "CREATE TABLE IF NOT EXISTS %s.newest (device bigint PRIMARY KEY, series blob)"
              + " WITH comment = 'the newest two readings of every sensor of a device'",
          "CREATE TABLE IF NOT EXISTS %s.arrivals (part text PRIMARY KEY, last bigint)"
              + " WITH comment = 'the highest number given to what arrived'");

  /** Summaries by hour and day. */
  static final List<String> SUMMARIES =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.hours (device bigint, year int, sensor int, hour bigint,"
              + " summary blob, PRIMARY KEY ((device, year), sensor, hour))"
              + " WITH comment = 'count, sum, extremes, first and last of an hour'",
          "CREATE TABLE IF NOT EXISTS %s.days (device bigint, sensor int, day bigint,"
              + " summary blob, PRIMARY KEY (device, sensor, day))"
              + " WITH comment = 'the same of a day'");

  /** What was let go of because of its age. */
  static final List<String> RETIREMENT =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.retired (part text PRIMARY KEY, raw bigint, rollup bigint,"
              + " raw_week int, rollup_week int)"
              + " WITH comment = 'the first seconds and weeks of what is kept'");

  /** What nodes tell each other; an hour later nobody needs it. */
  static final List<String> CHANGES =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.changes (node uuid, number bigint, before bigint,"
              + " devices blob, PRIMARY KEY (node, number))"
              + " WITH comment = 'devices whose newest readings a node changed'"
              + " AND default_time_to_live = 3600 AND gc_grace_seconds = 3600"
              + " AND compaction = {'class': 'TimeWindowCompactionStrategy',"
              + " 'compaction_window_unit': 'MINUTES', 'compaction_window_size': 10}",
          "CREATE TABLE IF NOT EXISTS %s.feeds (part text, node uuid, last bigint,"
              + " PRIMARY KEY (part, node))"
              + " WITH comment = 'the number of the last change of each node'"
              + " AND default_time_to_live = 3600 AND gc_grace_seconds = 3600");

  /** Whose unfinished move fills the keyspace. */
  static final List<String> CLAIMS =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.claims (part text PRIMARY KEY, attempt text, since text)"
              + " WITH comment = 'the move that fills the keyspace, while it is not complete'");

  /** What came for days whose readings were let go of. */
  static final List<String> LATE_DAYS =
      List.of(
          "CREATE TABLE IF NOT EXISTS %s.late_days (device bigint, day bigint, sensor int,"
              + " opened bigint, PRIMARY KEY (device, day, sensor))"
              + " WITH comment = 'days whose readings are kept until they are summed up'");

  /** All steps of this version. */
  static final List<List<String>> STEPS =
      List.of(READINGS, SUMMARIES, RETIREMENT, CHANGES, CLAIMS, LATE_DAYS);

  private final Vertx vertx;
  private final CassandraOptions options;
  private final List<List<String>> steps;
  private final String holder = UUID.randomUUID().toString();

  Schema(Vertx vertx, CassandraOptions options, List<List<String>> steps) {
    this.vertx = vertx;
    this.options = options;
    this.steps = steps;
  }

  /**
   * Makes what is missing; waits while another node does. Fails with {@link CannotStart} when the
   * keyspace is of a newer version.
   */
  Future<Void> bringUpToDate(CassandraClient client) {
    return client
        .metadata()
        .compose(known -> allowed(run(client, keyspace(known))))
        .compose(done -> allowed(run(client, stepsTable())))
        .compose(done -> look(client, 1));
  }

  /** Whoever may only read and write can use what others have made. */
  private static Future<Void> allowed(Future<Void> made) {
    return made.recover(
        failure ->
            failure instanceof UnauthorizedException
                ? Future.succeededFuture()
                : Future.failedFuture(failure));
  }

  private String keyspace(Metadata known) {
    long servers =
        known.getNodes().values().stream()
            .filter(node -> options.dataCentre().equals(node.getDatacenter()))
            .count();
    int copies = options.replication().orElse(servers >= 3 ? 3 : 1);
    if (known.getKeyspace(options.keyspace()).isEmpty())
      log.info(
          "keyspace {} is made: {} copies of everything in {}",
          options.keyspace(),
          copies,
          options.dataCentre());
    return String.format(
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication ="
            + " {'class': 'NetworkTopologyStrategy', '%s': %d}",
        options.keyspace(), options.dataCentre().replace("'", "''"), copies);
  }

  /** Two nodes that make the same table at once must give it the same number. */
  private String stepsTable() {
    UUID number =
        UUID.nameUUIDFromBytes(
            (options.keyspace() + ".schema_steps").getBytes(StandardCharsets.UTF_8));
    return "CREATE TABLE IF NOT EXISTS "
        + options.keyspace()
        + ".schema_steps (part text, step int, holder text, PRIMARY KEY (part, step)) WITH ID = '"
        + number
        + "'";
  }

  private Future<Void> look(CassandraClient client, int times) {
    return done(client)
        .compose(
            made -> {
              if (!made.isEmpty() && made.last() > steps.size())
                throw new CannotStart(
                    "keyspace "
                        + options.keyspace()
                        + " is of a newer version: it is at step "
                        + made.last()
                        + " and this version knows "
                        + steps.size());
              if (made.size() == steps.size()) return Future.succeededFuture();
              return takeLock(client)
                  .compose(
                      mine ->
                          mine
                              ? makeMissing(client).eventually(() -> leaveLock(client))
                              : lookLater(client, times));
            });
  }

  private Future<Void> lookLater(CassandraClient client, int times) {
    if (times > MOST_LOOKS)
      return Future.failedFuture(
          new CannotStart("another node has been changing the tables for too long"));
    if (times == 1) log.info("another node is changing {}'s tables; waiting", options.keyspace());
    return vertx.timer(LOOK_AGAIN.toMillis()).compose(late -> look(client, times + 1));
  }

  private Future<TreeSet<Integer>> done(CassandraClient client) {
    return client
        .executeWithFullFetch(
            statement("SELECT step FROM %s.schema_steps WHERE part = 'readings'")
                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL))
        .map(
            rows -> {
              TreeSet<Integer> steps = new TreeSet<>();
              for (Row row : rows) steps.add(row.getInt(0));
              return steps;
            });
  }

  private Future<Boolean> takeLock(CassandraClient client) {
    return client
        .execute(
            once(
                "INSERT INTO %s.schema_steps (part, step, holder) VALUES ('lock', 0, ?)"
                    + " IF NOT EXISTS USING TTL "
                    + LOCK_SECONDS,
                holder))
        .map(ResultSet::wasApplied);
  }

  private Future<Void> leaveLock(CassandraClient client) {
    return client
        .execute(
            once(
                "DELETE FROM %s.schema_steps WHERE part = 'lock' AND step = 0 IF holder = ?",
                holder))
        .mapEmpty();
  }

  private Future<Void> makeMissing(CassandraClient client) {
    return done(client)
        .compose(
            made -> {
              Future<Void> all = Future.succeededFuture();
              for (int i = 1; i <= steps.size(); i++) {
                int step = i;
                if (!made.contains(step)) all = all.compose(done -> make(client, step));
              }
              return all;
            });
  }

  private Future<Void> make(CassandraClient client, int step) {
    Future<Void> all = Future.succeededFuture();
    for (String text : steps.get(step - 1))
      all = all.compose(done -> run(client, String.format(text, options.keyspace())));
    return all.compose(
            done ->
                client.execute(
                    once(
                        "INSERT INTO %s.schema_steps (part, step, holder) VALUES ('readings', ?, ?)"
                            + " IF NOT EXISTS",
                        step, holder)))
        .onSuccess(done -> log.info("step {} of {}'s tables is made", step, options.keyspace()))
        .mapEmpty();
  }

  private Future<Void> run(CassandraClient client, String text) {
    return client
        .execute(SimpleStatement.newInstance(text).setTimeout(PATIENCE))
        .compose(
            made ->
                made.getExecutionInfo().isSchemaInAgreement()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new CannotStart("the cluster's nodes don't agree about its tables")));
  }

  private SimpleStatement once(String text, Object... values) {
    return SimpleStatement.newInstance(String.format(text, options.keyspace()), values)
        .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
        .setIdempotent(false)
        .setTimeout(PATIENCE);
  }

  private SimpleStatement statement(String text) {
    return SimpleStatement.newInstance(String.format(text, options.keyspace()))
        .setTimeout(PATIENCE);
  }
}
