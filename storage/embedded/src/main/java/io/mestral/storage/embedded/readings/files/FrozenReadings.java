package io.mestral.storage.embedded.readings.files;

import io.mestral.storage.embedded.HeldDatabase;
import io.mestral.storage.embedded.journal.FrozenJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The readings as they were at one moment between two sealings: the journal, and the files that
 * hold what was trimmed from it before.
 */
public final class FrozenReadings implements AutoCloseable {
  private final FrozenJournal journal;
  private final Map<String, HeldDatabase> files = new LinkedHashMap<>();

  private final long open;

  public FrozenReadings(FrozenJournal journal, long open) {
    this.journal = journal;
    this.open = open;
  }

  /** Holds the journal when no sealing is under way. */
  @FunctionalInterface
  public interface JournalHolder {
    /** Holds it; blocks meanwhile. */
    FrozenJournal hold() throws IOException;
  }

  /** Holds one more file. */
  public void hold(Path file) throws SQLException {
    Connection connection = Sqlite.reader(file);
    try {
      Sqlite.knownVersion(connection, Integer.MAX_VALUE); // fails for a hollow one
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
    files.put(file.getFileName().toString(), HeldDatabase.of(connection));
  }

  /** The journal of that moment. */
  public FrozenJournal journal() {
    return journal;
  }

  /** The files by their names. */
  public Map<String, HeldDatabase> files() {
    return Collections.unmodifiableMap(files);
  }

  /** How many readings were in the journal alone, about. */
  public long open() {
    return open;
  }

  @Override
  public void close() throws SQLException, IOException {
    try {
      for (HeldDatabase file : files.values()) file.close();
    } finally {
      journal.close();
    }
  }
}
