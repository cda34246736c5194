package io.mestral.storage.postgresql.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL on a free port of this machine, which needs nothing installed. */
public final class TestPostgres implements AutoCloseable {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  static {
    ((Logger) LoggerFactory.getLogger("io.zonky.test")).setLevel(Level.WARN); // tells every line
  }

  private final EmbeddedPostgres server;

  private TestPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** The one that all tests of this JVM share; it stops with the JVM. */
  public static TestPostgres shared() {
    return Shared.SERVER;
  }

  /** One of a test's own, on a folder where another one may have been. */
  public static TestPostgres in(Path folder, int port) {
    return new TestPostgres(
        started(
            EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port)));
  }

  /** A port that nobody has just now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  /** A database that nobody else uses, empty. */
  public TestDatabase emptyDatabase() {
    TestDatabase database = new TestDatabase(this, "test_" + DATABASES.incrementAndGet());
    execute("postgres", "CREATE DATABASE " + database.name());
    return database;
  }

  /** A database that begins as another is now, which nobody may be using. */
  public TestDatabase copyOf(TestDatabase other) {
    TestDatabase database = new TestDatabase(this, "test_" + DATABASES.incrementAndGet());
    execute("postgres", "CREATE DATABASE " + database.name() + " TEMPLATE " + other.name());
    return database;
  }

  Connection connect(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends the server in the middle of a test. */
  public void stop() {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What is in such a server needs not survive the machine, but all who may test at once fit. */
  private static EmbeddedPostgres started(EmbeddedPostgres.Builder builder) {
    try {
      return builder
          .setServerConfig("fsync", "off")
          .setServerConfig("full_page_writes", "off")
          .setServerConfig("max_connections", "200")
          .setServerConfig("shared_buffers", "32MB")
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Shared {
    static final TestPostgres SERVER = new TestPostgres(started(EmbeddedPostgres.builder()));
  }
}
