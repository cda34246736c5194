package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.storage.embedded.HeldDatabase;
import io.mestral.storage.embedded.SqliteUrl;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * One connection with the statements it has prepared, for one thread at a time. Those that were
 * used last are kept, so their texts must be few.
 */
public final class SqliteSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteSession.class);
  private static final int BUSY_MILLIS = 5000;

  /** More than there are constant texts; what people search for makes more. */
  private static final int MOST_PREPARED = 512;

  /** As the registries name their arguments; SQLite numbers such a name by where it stands. */
  private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");

  private final SQLiteConnection connection;
  private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);
  private final ReentrantLock life = new ReentrantLock();

  private SqliteSession(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** Opens a database for writing, in WAL mode: what is committed is synced. */
  public static SqliteSession writing(Path file) throws SQLException {
    SQLiteConfig config = plain();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return open(file, config);
  }

  /** Opens a database whose content this session can't change. */
  public static SqliteSession reading(Path file) throws SQLException {
    SqliteSession session = open(file, plain());
    session.execute("PRAGMA query_only = 1");
    return session;
  }

  /** Holds what is committed in a database now. */
  public static HeldDatabase holding(Path file) throws SQLException {
    return HeldDatabase.of(reading(file).connection);
  }

  /**
   * Opens a database to copy it: SQLite takes a copy for a write, though the source stays as is.
   */
  public static SqliteSession copying(Path file) throws SQLException {
    return open(file, plain());
  }

  /** Opens a database that nobody changes: nothing is made beside it. */
  public static SqliteSession untouching(Path file) throws SQLException {
    return open(SqliteUrl.untouching(file), plain());
  }

  /** Opens a broken database to read what can be read: SQLite overlooks what it can. */
  static SqliteSession salvaging(Path file) throws SQLException {
    SqliteSession session = open(file, plain());
    try {
      session.execute("PRAGMA writable_schema = 1"); // also: a file shorter than its head says
      session.execute("PRAGMA query_only = 1");
      return session;
    } catch (SQLException failure) {
      session.discard();
      throw failure;
    }
  }

  private static SQLiteConfig plain() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  private static SqliteSession open(Path file, SQLiteConfig config) throws SQLException {
    return open(SqliteUrl.of(file), config);
  }

  private static SqliteSession open(String url, SQLiteConfig config) throws SQLException {
    Connection connection = config.createConnection(url);
    FoldedFunction.addTo(connection);
    return new SqliteSession(connection.unwrap(SQLiteConnection.class));
  }

  /** Every row of a query. */
  public <T> List<T> list(String sql, Function<Row, T> reader, Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      Row row = new SqliteRow(rows);
      List<T> found = new ArrayList<>();
      while (rows.next()) found.add(reader.apply(row));
      return found;
    } catch (SqliteRow.Unreadable column) {
      forget(sql, column.why());
      throw column.why();
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
  }

  /** The first row of a query, or of a statement with {@code RETURNING}; empty when none came. */
  public <T> Optional<T> first(String sql, Function<Row, T> reader, Object... arguments)
      throws SQLException {
    return list(sql, reader, arguments).stream().findFirst();
  }

  /** The number a query always gives, in its column {@code n}. */
  public long number(String sql, Object... arguments) throws SQLException {
    return first(sql, row -> row.number("n"), arguments).orElseThrow();
  }

  /** Changes rows and says how many. */
  public int change(String sql, Object... arguments) throws SQLException {
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException failure) {
      forget(sql, failure);
      throw failure;
    }
  }

  /** Runs a text of one or more statements that take no arguments. */
  public void execute(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  /** How many rows this session has changed since it began. */
  long changes() throws SQLException {
    return connection.getDatabase().total_changes();
  }

  SQLiteConnection connection() {
    return connection;
  }

  /** Stops what the session is doing; may be called from any thread. */
  public void interrupt() throws SQLException {
    life.lock();
    try {
      if (!connection.isClosed()) connection.getDatabase().interrupt();
    } finally {
      life.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    life.lock();
    try {
      connection.close();
    } finally {
      life.unlock();
    }
  }

  /** Closes; a connection that can't even be closed is logged, there is nothing else to do. */
  public void discard() {
    try {
      close();
    } catch (SQLException stuck) {
      LOG.warn("a connection to the metadata did not close: {}", stuck.getMessage());
    }
  }

  private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      if (prepared.size() >= MOST_PREPARED) forgetOldest();
      statement = connection.prepareStatement(PLACE.matcher(sql).replaceAll("?$1"));
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) statement.setObject(i + 1, kept(arguments[i]));
    return statement;
  }

  private void forgetOldest() throws SQLException {
    Iterator<PreparedStatement> oldest = prepared.values().iterator();
    PreparedStatement statement = oldest.next();
    oldest.remove();
    statement.close();
  }

  /** After some failures the driver lets go of a statement without saying so. */
  private void forget(String sql, SQLException why) {
    PreparedStatement statement = prepared.remove(sql);
    if (statement == null) return;
    try {
      statement.close();
    } catch (SQLException stuck) {
      why.addSuppressed(stuck);
    }
  }

  /** How a value is kept; {@code null} is SQL's own and doesn't leave this class. */
  private static Object kept(Object value) {
    if (value instanceof Optional<?> optional)
      return optional.map(SqliteSession::kept).orElse(null);
    if (value instanceof Instant time) return time.toEpochMilli();
    if (value instanceof UUID uuid) return uuid.toString();
    if (value instanceof AnyText any) return any.text();
    if (value instanceof Many many) return new JsonArray(List.of(many.values())).encode();
    if (value instanceof Boolean flag) return flag ? 1 : 0;
    if (value instanceof OptionalInt number) return number.isPresent() ? number.getAsInt() : null;
    if (value instanceof OptionalDouble real) return real.isPresent() ? real.getAsDouble() : null;
    return value;
  }
}
