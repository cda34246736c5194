package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import io.mestral.config.CassandraOptions;
import io.mestral.config.Retention;
import io.mestral.storage.Settled;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A keyspace of the shared Cassandra for one test class, and stores on it. */
final class Keyspace implements AutoCloseable {
  static final int OPEN_READINGS = 400_000;

  private final String name;
  private final CassandraServer server;
  private final Vertx vertx = Vertx.vertx();
  private final CqlSession session;
  private MeterRegistry meters = new SimpleMeterRegistry();
  private Retention retention = Retention.FOREVER;

  Keyspace(String name) {
    this(CassandraServer.shared(), name);
  }

  Keyspace(CassandraServer server, String name) {
    this.name = name;
    this.server = server;
    session =
        CqlSession.builder()
            .withLocalDatacenter(CassandraServer.DATA_CENTRE)
            .addContactPoint(
                new InetSocketAddress(server.address().getHostString(), server.address().getPort()))
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                    .build())
            .build();
  }

  Vertx vertx() {
    return vertx;
  }

  /** How long the next store that is opened keeps readings. */
  void keep(Retention retention) {
    this.retention = retention;
  }

  /** The figures of the store that was opened last. */
  MeterRegistry meters() {
    return meters;
  }

  CassandraOptions options() {
    return new CassandraOptions(
        List.of(
            new CassandraOptions.Server(
                server.address().getHostString(), server.address().getPort())),
        name,
        CassandraServer.DATA_CENTRE,
        Optional.empty(),
        CassandraOptions.Consistency.LOCAL_QUORUM,
        OptionalInt.empty());
  }

  CassandraReadingStore open(MemoryJournal journal) {
    return open(journal, OPEN_READINGS);
  }

  CassandraReadingStore open(MemoryJournal journal, int openReadings) {
    return Settled.value(CassandraReadingStore.open(ground(journal, openReadings), options()));
  }

  CassandraReadingStore open(MemoryJournal journal, Clock clock) {
    return Settled.value(
        CassandraReadingStore.open(ground(journal, OPEN_READINGS, clock), options()));
  }

  CassandraReadingStore.Ground ground(MemoryJournal journal, int openReadings) {
    return ground(journal, openReadings, Clock.systemUTC());
  }

  private CassandraReadingStore.Ground ground(
      MemoryJournal journal, int openReadings, Clock clock) {
    meters = new SimpleMeterRegistry();
    return new CassandraReadingStore.Ground(vertx, journal, openReadings, retention, meters, clock);
  }

  /** Removes what the tables hold, if there are any. */
  void empty() {
    for (String table :
        List.of("readings", "weeks", "newest", "arrivals", "hours", "days", "retired"))
      if (has(table)) execute("TRUNCATE %s." + table);
  }

  /** Asked of the server: what the driver knows comes a second later. */
  boolean has(String table) {
    return session
        .execute(
            "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
            name,
            table)
        .iterator()
        .hasNext();
  }

  ResultSet execute(String text) {
    return session.execute(String.format(text, name));
  }

  @Override
  public void close() {
    session.close();
    Settled.value(vertx.close());
  }
}
