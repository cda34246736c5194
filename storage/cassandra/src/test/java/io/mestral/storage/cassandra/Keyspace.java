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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A keyspace of the shared Cassandra for one test class, empty before each test; stores on it are
 * closed after each.
 */
final class Keyspace
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  static final int OPEN_READINGS = 400_000;

  private final String name;
  private final List<CassandraReadingStore> opened = new ArrayList<>();
  private Vertx vertx;
  private CqlSession session;
  private MeterRegistry meters;
  private Retention retention;

  Keyspace(String name) {
    this.name = name;
  }

  @Override
  public void beforeAll(ExtensionContext tests) {
    vertx = Vertx.vertx();
    InetSocketAddress address = CassandraServer.shared().address();
    session =
        CqlSession.builder()
            .withLocalDatacenter(CassandraServer.DATA_CENTRE)
            .addContactPoint(new InetSocketAddress(address.getHostString(), address.getPort()))
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                    .build())
            .build();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    retention = Retention.FOREVER;
    for (String table : tables())
      if (!table.equals("schema_steps")) execute("TRUNCATE %s." + table);
  }

  private List<String> tables() {
    return session
        .execute("SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", name)
        .all()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    CassandraServer.shared().thaw();
    for (CassandraReadingStore store : opened) Settled.value(store.close());
    opened.clear();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    session.close();
    Settled.value(vertx.close());
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
    InetSocketAddress address = CassandraServer.shared().address();
    return new CassandraOptions(
        List.of(new CassandraOptions.Server(address.getHostString(), address.getPort())),
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
    return open(ground(journal, openReadings));
  }

  CassandraReadingStore open(MemoryJournal journal, Clock clock) {
    return open(ground(journal, OPEN_READINGS, clock));
  }

  private CassandraReadingStore open(CassandraReadingStore.Ground ground) {
    CassandraReadingStore store =
        Settled.value(CassandraReadingStore.open(ground, options(), Optional.empty()));
    opened.add(store);
    return store;
  }

  CassandraReadingStore.Ground ground(MemoryJournal journal, int openReadings) {
    return ground(journal, openReadings, Clock.systemUTC());
  }

  private CassandraReadingStore.Ground ground(
      MemoryJournal journal, int openReadings, Clock clock) {
    meters = new SimpleMeterRegistry();
    return new CassandraReadingStore.Ground(vertx, journal, openReadings, retention, meters, clock);
  }

  /** Asked of the server: what the driver knows comes a second later. */
  boolean has(String table) {
    return tables().contains(table);
  }

  ResultSet execute(String text) {
    return session.execute(String.format(text, name));
  }
}
