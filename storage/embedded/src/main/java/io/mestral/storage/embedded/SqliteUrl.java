package io.mestral.storage.embedded;

import java.io.File;
import java.nio.file.Path;

/** How a SQLite database of the data folder is named to the driver. */
public final class SqliteUrl {
  private static final boolean UNIX = File.separatorChar == '/';

  private SqliteUrl() {}

  /**
   * For this process alone, as the folder is. Then the index of the write-ahead log is kept in
   * memory; usually it is a mapped file, and whoever writes to a page of that for which a full disk
   * has no room is ended by the system.
   */
  public static String of(Path file) {
    return UNIX ? "jdbc:sqlite:" + file.toUri() + "?vfs=unix-excl" : "jdbc:sqlite:" + file;
  }

  /** For a file that nobody changes: nothing is made beside it. */
  public static String untouching(Path file) {
    return "jdbc:sqlite:" + file.toUri() + "?mode=ro&immutable=1";
  }
}
