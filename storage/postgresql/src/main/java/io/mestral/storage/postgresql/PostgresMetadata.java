package io.mestral.storage.postgresql;

import io.mestral.config.PostgresOptions;
import io.mestral.storage.postgresql.client.Failures;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.schema.Schema;
import io.mestral.storage.sql.metadata.SqlMetadata;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metadata of nodes that keep it in PostgreSQL. */
public final class PostgresMetadata extends SqlMetadata {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresMetadata.class);
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("users_by_username", "username"),
          Map.entry("users_by_email", "email"),
          Map.entry("devices_token_hash_key", "device_token"),
          Map.entry("orphans_token_hash_key", "device_token"),
          Map.entry("forwarding_access_username_hash_key", "forwarding_username"),
          Map.entry("forwarding_access_token_hash_key", "forwarding_token"),
          Map.entry("tags_name_folded_key", "name"),
          Map.entry("sensor_tags_name_folded_key", "name"),
          Map.entry("gateways_name_key", "name"),
          Map.entry("gateways_iri_key", "iri"),
          Map.entry("accounts_holder_currency", "holder"),
          Map.entry("measurements_name_key", "name"));

  private final Server server;

  private PostgresMetadata(Server server) {
    super(server, new PostgresTables());
    this.server = server;
  }

  /**
   * Brings the database up to date and opens it. Blocks: call it before event loops depend on it.
   *
   * @throws io.mestral.storage.postgresql.schema.ServerUnusable when there is no way in
   * @throws io.mestral.storage.postgresql.schema.SchemaMismatch when a newer version, or something
   *     else than Mestral, wrote the database
   */
  public static PostgresMetadata open(Vertx vertx, PostgresOptions options) {
    List<Integer> steps = new Schema(options).bringUpToDate();
    LOG.info(
        "metadata is in PostgreSQL at {}, database {}; steps of the schema taken now: {}",
        options.address(),
        options.database(),
        steps);
    return connected(vertx, options);
  }

  /** A database that is up to date. */
  static PostgresMetadata connected(Vertx vertx, PostgresOptions options) {
    return connected(vertx, options, Server.SILENCE);
  }

  /** The same for who can't wait so long for a server that doesn't speak any more. */
  static PostgresMetadata connected(Vertx vertx, PostgresOptions options, Duration silence) {
    return new PostgresMetadata(new Server(vertx, options, new Failures(options, FIELDS), silence));
  }

  /** By what nodes know the database. */
  public DatabaseSeal seal() {
    return new DatabaseSeal(server);
  }

  /** Shows what waits and what was refused as {@code mestral.metadata.*}. */
  public void measureIn(MeterRegistry meters) {
    Gauge.builder("mestral.metadata.waiting", server, Server::waitingWrites)
        .tag("kind", "write")
        .register(meters);
    Gauge.builder("mestral.metadata.waiting", server, Server::waitingReads)
        .tag("kind", "read")
        .register(meters);
    FunctionCounter.builder("mestral.metadata.refused", server, Server::refused).register(meters);
    FunctionCounter.builder("mestral.metadata.unanswered", server, Server::unanswered)
        .register(meters);
  }

  @Override
  public Future<Void> check() {
    return server.check();
  }

  @Override
  public Future<Void> close() {
    return server.close();
  }
}
