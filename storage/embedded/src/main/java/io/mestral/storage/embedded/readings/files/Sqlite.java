package io.mestral.storage.embedded.readings.files;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.embedded.SqliteUrl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** How the files are opened, and what their errors mean. */
public final class Sqlite {
  /** A day of minutes takes 3 KB: in pages of 4 KB a quarter of a file would be gaps. */
  public static final int PAGE_SIZE = 8192;

  private static final int LAST_PLAUSIBLE_VERSION = 255;

  private Sqlite() {}

  /** For the one thread that writes: what is committed is synced. */
  public static Connection writer(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection(SqliteUrl.of(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA page_size = " + PAGE_SIZE);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA secure_delete = ON"); // a salvage finds nothing that was removed
      statement.execute("PRAGMA cache_size = -2048");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** For readers, who may not change anything. */
  public static Connection reader(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE); // a file that was moved away stays away
    Connection connection = config.createConnection(SqliteUrl.of(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA query_only = 1");
      statement.execute("PRAGMA cache_size = -512");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** For a file that nobody changes: nothing is made beside it. */
  public static Connection untouching(Path file) throws SQLException {
    return DriverManager.getConnection(SqliteUrl.untouching(file));
  }

  /** What SQLite keeps beside a database while it is open. */
  public static List<Path> companionsOf(Path file) {
    String name = file.getFileName().toString();
    return List.of(file.resolveSibling(name + "-wal"), file.resolveSibling(name + "-shm"));
  }

  /** Puts a finished database where there is none. */
  static void putInPlace(Path finished, Path file) throws IOException {
    // A log that was left behind would be played into the new file.
    for (Path companion : companionsOf(file)) Files.deleteIfExists(companion);
    Files.move(finished, file, ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  /** Something that fills a new file. */
  @FunctionalInterface
  public interface Maker {
    void make(Statement statement) throws SQLException;
  }

  /**
   * Makes a database under another name and renames it when its tables are on the disk: one without
   * them is always damage, never the trace of a start that was killed.
   */
  public static void create(Path file, int version, Maker tables) throws SQLException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      try (Connection connection = writer(unfinished);
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN");
        tables.make(statement);
        statement.execute("PRAGMA user_version = " + version);
        statement.execute("COMMIT");
      }
      putInPlace(unfinished, file);
    } catch (IOException failure) {
      throw new SQLException(file + " cannot be made: " + failure.getMessage(), failure);
    }
  }

  /**
   * The version that a file's maker gave it; fails for newer ones and for a file without tables.
   */
  public static int knownVersion(Connection connection, int newest) throws SQLException {
    int version = version(connection);
    if (version < 1 || version > LAST_PLAUSIBLE_VERSION) throw new Hollow();
    if (version > newest) throw new NewerVersion("made by a newer version, " + version);
    return version;
  }

  /** The file is not for this program. */
  public static final class NewerVersion extends SQLException {
    private static final long serialVersionUID = 1L;

    NewerVersion(String message) {
      super(message);
    }
  }

  /** The file is a database, and there is nothing in it or no version that there ever will be. */
  public static final class Hollow extends SQLException {
    private static final long serialVersionUID = 1L;

    public Hollow() {
      super("its tables or its version are missing");
    }
  }

  /** What is found in the file is not what was written to it. */
  public static final class Broken extends SQLException {
    private static final long serialVersionUID = 1L;

    public Broken(String message) {
      super(message);
    }
  }

  /** The version that the file's maker gave it; 0 for a new one. */
  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** What those get who asked for something in a file that can't be read just now. */
  public static RefusedException unavailable(Path file, SQLException why) {
    return new RefusedException(
        Refusal.UNAVAILABLE, file.getFileName() + " cannot be read: " + why.getMessage());
  }

  /** Whether there is nothing in the file for this program, as far as anybody can tell. */
  public static boolean isUnusable(SQLException failure) {
    return failure instanceof NewerVersion || isDamage(failure);
  }

  /** Whether the file itself is broken, as opposed to a disk that is full or busy. */
  public static boolean isDamage(SQLException failure) {
    if (failure instanceof Hollow || failure instanceof Broken) return true;
    if (!(failure instanceof SQLiteException sqlite)) return false;
    int primary = sqlite.getResultCode().code & 0xFF;
    return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
        || primary == SQLiteErrorCode.SQLITE_ERROR.code; // statements are right, so tables are not
  }
}
