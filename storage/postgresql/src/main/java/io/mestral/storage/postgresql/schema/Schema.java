package io.mestral.storage.postgresql.schema;

import io.mestral.config.Hidden;
import io.mestral.config.PostgresOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Takes a database forward step by step. All that are due run in one transaction, under a lock of
 * the database: a start that is killed leaves the former schema whole, and of several nodes that
 * start at once one does it.
 */
public final class Schema {
  private static final String HERE = "classpath:io/mestral/storage/postgresql/schema";
  private static final int LOGIN_SECONDS = 3;

  private final PostgresOptions server;
  private final Flyway flyway;

  /** The schema of this version. */
  public Schema(PostgresOptions server) {
    this(server, MigrationVersion.LATEST);
  }

  /** As it was up to some version. */
  Schema(PostgresOptions server, MigrationVersion last) {
    this.server = server;
    this.flyway = configuration(server).target(last).load();
  }

  /**
   * Runs the steps that are due and gives their numbers; blocks.
   *
   * @throws ServerUnusable when there is no way in
   * @throws SchemaMismatch when the database has had steps that this program doesn't know
   */
  public List<Integer> bringUpToDate() {
    try {
      refuseNewer();
      return flyway.migrate().migrations.stream()
          .map(done -> Integer.valueOf(done.version))
          .toList();
    } catch (FlywayException failure) {
      throw meaningOf(failure);
    }
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
    return String.valueOf(said.getMessage()).replaceAll("\\s*\\R\\s*", " ");
  }

  private static FluentConfiguration configuration(PostgresOptions server) {
    return Flyway.configure(Schema.class.getClassLoader())
        .dataSource(url(server), server.user(), server.password().map(Hidden::reveal).orElse(null))
        .locations(HERE)
        .table("schema_steps")
        .group(true)
        .ignoreMigrationPatterns(new String[0])
        .callbacks(new CataloguePlanting());
  }

  private static String url(PostgresOptions server) {
    StringBuilder url =
        new StringBuilder("jdbc:postgresql://")
            .append(server.address())
            .append('/')
            .append(encoded(server.database()))
            .append("?ApplicationName=mestral&connectTimeout=")
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
