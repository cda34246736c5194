package io.mestral.storage.embedded.readings;

import io.mestral.storage.embedded.journal.FrozenJournal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;

/**
 * The readings as they were at one moment between two sealings: the journal, and the files that
 * hold what was trimmed from it before. Each file is held by a read transaction, so that it can be
 * copied at leisure while the store goes on.
 */
public final class FrozenReadings implements AutoCloseable {
  private static final int PAGES_AT_ONCE = 64;
  private static final long SYNCED_AFTER = 8 << 20;

  private final FrozenJournal journal;
  private final Map<String, Connection> files = new LinkedHashMap<>();

  private final long open;

  FrozenReadings(FrozenJournal journal, long open) {
    this.journal = journal;
    this.open = open;
  }

  /** Holds one more file. */
  void hold(Path file) throws SQLException {
    Connection connection = Sqlite.reader(file);
    try {
      Sqlite.knownVersion(connection, Integer.MAX_VALUE); // fails for a hollow one
      connection.setAutoCommit(false);
      number(connection, "SELECT count(*) FROM sqlite_schema");
      files.put(file.getFileName().toString(), connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** The journal of that moment. */
  public FrozenJournal journal() {
    return journal;
  }

  /** The names of the files. */
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  /** How many readings were in the journal alone, about. */
  public long open() {
    return open;
  }

  /** The version of a file's format. */
  public int format(String name) throws SQLException {
    return (int) number(files.get(name), "PRAGMA user_version");
  }

  /** How large a copy of a file will be. */
  public long length(String name) throws SQLException {
    Connection file = files.get(name);
    return number(file, "PRAGMA page_count") * number(file, "PRAGMA page_size");
  }

  /**
   * Copies a file to a new one, which is synced in the end and now and then before, as a disk that
   * gets all at once makes others wait.
   *
   * @param copied gets the number of bytes after each piece, and may take its time
   */
  public void copy(String name, Path target, LongConsumer copied) throws SQLException, IOException {
    SQLiteConnection source = files.get(name).unwrap(SQLiteConnection.class);
    long pageSize = number(source, "PRAGMA page_size");
    try (FileChannel file =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Pieces pieces = new Pieces(file, pageSize, copied);
      int code =
          source
              .getDatabase()
              .backup("main", target.toString(), pieces::moved, 100, 100, PAGES_AT_ONCE);
      if (code != 0) throw new SQLException(name + " was not copied: SQLite's error " + code);
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
  public void close() throws SQLException, IOException {
    try {
      for (Connection connection : files.values()) connection.close();
    } finally {
      journal.close();
    }
  }
}
