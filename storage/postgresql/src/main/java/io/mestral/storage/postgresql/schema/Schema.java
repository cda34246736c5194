package io.mestral.storage.postgresql.schema;

import io.mestral.config.Hidden;
import io.mestral.config.PostgresOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a database forward step by step. All that are due run in one transaction, under a lock of
 * the database: a start that is killed leaves the former schema whole, and of several nodes that
 * start at once one does it.
 */
public final class Schema {
  private static final String HERE = "classpath:io/mestral/storage/postgresql/schema";
  private static final int LOGIN_SECONDS = 3;
  private static final Duration SAID_AGAIN = Duration.ofSeconds(10);

  /** A step that waits so long for a table waits for somebody who doesn't work. */
  private static final String LOCK_TIMEOUT = "SET lock_timeout = '%dms'";

  private static final Duration LONGEST_LOCK = Duration.ofSeconds(30);
  private static final String LOCKED = "55P03";
  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private final PostgresOptions server;
  private final Flyway flyway;
  private final Duration saidAgain;

  /** The schema of this version. */
  public Schema(PostgresOptions server) {
    this(server, MigrationVersion.LATEST, SAID_AGAIN, LONGEST_LOCK);
  }

  /** As it was up to some version. */
  Schema(PostgresOptions server, MigrationVersion last) {
    this(server, last, SAID_AGAIN, LONGEST_LOCK);
  }

  /**
   * @param saidAgain how often it is said that the start has to wait
   * @param longestLock how long a step waits for a table that somebody else uses
   */
  Schema(PostgresOptions server, MigrationVersion last, Duration saidAgain, Duration longestLock) {
    this.server = server;
    this.saidAgain = saidAgain;
    this.flyway =
        configuration(server)
            .initSql(String.format(Locale.ROOT, LOCK_TIMEOUT, longestLock.toMillis()))
            .target(last)
            .load();
  }

  /**
   * Runs the steps that are due and gives their numbers; blocks.
   *
   * @throws ServerUnusable when there is no way in
   * @throws SchemaMismatch when the database has had steps that this program doesn't know
   */
  public List<Integer> bringUpToDate() {
    ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor(Schema::daemon);
    try {
      long millis = saidAgain.toMillis();
      teller.scheduleAtFixedRate(this::sayThatItTakesLong, millis, millis, TimeUnit.MILLISECONDS);
      refuseNewer();
      return flyway.migrate().migrations.stream()
          .map(done -> Integer.valueOf(done.version))
          .toList();
    } catch (FlywayException failure) {
      throw meaningOf(failure);
    } finally {
      teller.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "mestral-schema");
    thread.setDaemon(true);
    return thread;
  }

  private void sayThatItTakesLong() {
    LOG.warn(
        "the start waits for the database {} of PostgreSQL at {}: another node brings it up to"
            + " date, or it takes long",
        server.database(),
        server.address());
  }

  private void refuseNewer() {
    MigrationInfo[] steps = flyway.info().all();
    Stream.of(steps)
        .filter(step -> step.getState() == MigrationState.FUTURE_SUCCESS)
        .reduce((one, later) -> later)
        .ifPresent(
            newest -> {
              throw new SchemaMismatch(
                  "the database was written by a newer version: it has had step "
                      + newest.getVersion()
                      + " ("
                      + newest.getDescription()
                      + "), this version knows up to step "
                      + lastKnown(steps));
            });
  }

  private static long lastKnown(MigrationInfo... steps) {
    return Stream.of(steps)
        .filter(step -> step.getState() != MigrationState.FUTURE_SUCCESS)
        .filter(step -> step.getVersion() != null)
        .mapToLong(step -> step.getVersion().getMajor().longValue())
        .max()
        .orElse(0);
  }

  private RuntimeException meaningOf(FlywayException failure) {
    for (Throwable at = failure; at != null; at = at.getCause())
      if (at instanceof SQLException said)
        return new ServerUnusable("PostgreSQL at " + server.address() + ": " + reason(said), said);
    return new SchemaMismatch(
        "the database "
            + server.database()
            + " is not as this version left it: "
            + failure.getMessage());
  }

  private static String reason(SQLException said) {
    if (LOCKED.equals(said.getSQLState()))
      return "another program holds on to a table that is to be changed ("
          + inOneLine(said)
          + "); see pg_locks";
    return inOneLine(said);
  }

  private static String inOneLine(SQLException said) {
    return String.valueOf(said.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }

  private static FluentConfiguration configuration(PostgresOptions server) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(url(server), server.user(), server.password().map(Hidden::reveal).orElse(null))
        .locations(HERE)
        .table("schema_steps")
        .group(true)
        .lockRetryCount(-1) // for as long as another node takes: it is said meanwhile
        .ignoreMigrationPatterns(new String[0])
        .callbacks(new CataloguePlanting());
  }

  private static String url(PostgresOptions server) {
    StringBuilder url =
        new StringBuilder("jdbc:postgresql://")
            .append(server.address())
            .append('/')
            .append(encoded(server.database()))
            .append("?ApplicationName=mestral&tcpKeepAlive=true&connectTimeout=")
            .append(LOGIN_SECONDS)
            .append("&loginTimeout=")
            .append(LOGIN_SECONDS)
            .append("&sslmode=")
            .append(server.tls().mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    server
        .tls()
        .rootCertificates()
        .map(Path::toString)
        .ifPresent(path -> url.append("&sslrootcert=").append(encoded(path)));
    return url.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
