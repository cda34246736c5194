package io.mestral.storage.embedded.readings;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How the files are opened, and what their errors mean. */
final class Sqlite {
  /** A day of minutes takes 3 KB: in pages of 4 KB half of a file would be gaps. */
  static final int PAGE_SIZE = 8192;

  private Sqlite() {}

  /** For the one thread that writes: what is committed is synced. */
  static Connection writer(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("PRAGMA page_size = " + PAGE_SIZE);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -2048");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** For readers, who may not change anything. */
  static Connection reader(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
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

  /** The version that the file's maker gave it; 0 for a new one. */
  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** Whether the file itself is broken, as opposed to a disk that is full or busy. */
  static boolean isDamage(SQLException failure) {
    if (!(failure instanceof SQLiteException sqlite)) return false;
    int primary = sqlite.getResultCode().code & 0xFF;
    return primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code
        || failure.getMessage().contains("no such table");
  }
}
