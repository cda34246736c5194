package io.mestral.storage.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;

/**
 * A database as it was at one moment: a read transaction holds it, so that it can be copied at
 * leisure while others write to it.
 */
public final class HeldDatabase implements AutoCloseable {
  private static final int PAGES_AT_ONCE = 64;
  private static final long SYNCED_AFTER = 8 << 20;

  private final Connection connection;

  private HeldDatabase(Connection connection) {
    this.connection = connection;
  }

  /** Holds what is committed now; the connection is closed with it, and when that fails. */
  public static HeldDatabase of(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
      number(connection, "SELECT count(*) FROM sqlite_schema"); // the first read begins it
      return new HeldDatabase(connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** The version that the file's maker gave it. */
  public int version() throws SQLException {
    return (int) number(connection, "PRAGMA user_version");
  }

  /** How large a copy will be. */
  public long length() throws SQLException {
    return number(connection, "PRAGMA page_count") * number(connection, "PRAGMA page_size");
  }

  /**
   * Copies it to a file that is there and empty, which is synced in the end and now and then
   * before, as a disk that gets all at once makes others wait.
   *
   * @param copied gets the number of bytes after each piece, and may take its time
   */
  public void copy(Path target, LongConsumer copied) throws SQLException, IOException {
    SQLiteConnection source = connection.unwrap(SQLiteConnection.class);
    long pageSize = number(source, "PRAGMA page_size");
    try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
      Pieces pieces = new Pieces(file, pageSize, copied);
      int code =
          source
              .getDatabase()
              .backup("main", target.toString(), pieces::moved, 100, 100, PAGES_AT_ONCE);
      if (code != 0) throw new SQLException(target + " was not copied: SQLite's error " + code);
      file.force(true);
    }
  }

  /** Hears of the copy's progress; nothing may be thrown through SQLite. */
  private static final class Pieces {
    private final FileChannel file;
    private final long pageSize;
    private final LongConsumer copied;
    private int before;
    private long unsynced;

    Pieces(FileChannel file, long pageSize, LongConsumer copied) {
      this.file = file;
      this.pageSize = pageSize;
      this.copied = copied;
    }

    void moved(int remaining, int all) {
      long bytes = (all - remaining - before) * pageSize;
      before = all - remaining;
      unsynced += bytes;
      if (unsynced >= SYNCED_AFTER) sync();
      copied.accept(bytes);
    }

    private void sync() {
      unsynced = 0;
      try {
        file.force(false);
      } catch (IOException failure) {
        unsynced = SYNCED_AFTER; // again with the next piece, and for all at the end
      }
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
