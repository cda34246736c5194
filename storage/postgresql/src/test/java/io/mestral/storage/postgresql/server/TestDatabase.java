package io.mestral.storage.postgresql.server;

import io.mestral.config.PostgresOptions;
import io.mestral.config.PostgresOptions.Tls;
import io.mestral.config.PostgresOptions.TlsMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** A database of one test, or of a few in turn. */
public record TestDatabase(TestPostgres server, String name) {

  /** What a node needs to use it. */
  public PostgresOptions options() {
    return optionsAt(server.port());
  }

  /** The same by way of another port. */
  public PostgresOptions optionsAt(int port) {
    return new PostgresOptions(
        "127.0.0.1",
        port,
        name,
        "postgres",
        Optional.empty(),
        new Tls(TlsMode.DISABLE, Optional.empty()),
        PostgresOptions.DEFAULT_CONNECTIONS);
  }

  /** The same as an operator writes it. */
  public String url() {
    return "postgresql://postgres@127.0.0.1:" + server.port() + "/" + name;
  }

  /** Changes something behind the node's back. */
  public void execute(String sql) {
    server.execute(name, sql);
  }

  /** Runs something whose locks last until what is given back is run. */
  public Runnable holding(String sql) {
    try {
      Connection connection = server.connect(name);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return () -> release(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void release(Connection connection) {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Nobody needs it any more, whoever is still connected. */
  public void drop() {
    server.execute("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
  }

  /** What a query says in its first row's first column. */
  public String value(String sql) {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) throw new IllegalStateException("nothing: " + sql);
      return rows.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
