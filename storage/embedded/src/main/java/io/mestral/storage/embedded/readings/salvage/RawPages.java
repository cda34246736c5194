package io.mestral.storage.embedded.readings.salvage;

import io.mestral.storage.embedded.readings.files.Sqlite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The pages of a database as they lie on the disk, in the newer form that its write-ahead log may
 * have. Says what is there when SQLite itself does not get past the damage.
 */
final class RawPages implements AutoCloseable {
  private final FileChannel file;
  private final RawLog log;

  private RawPages(FileChannel file, RawLog log) {
    this.file = file;
    this.log = log;
  }

  static RawPages open(Path database) throws IOException {
    FileChannel file = FileChannel.open(database);
    try {
      return new RawPages(file, RawLog.of(database));
    } catch (IOException failure) {
      file.close();
      throw failure;
    }
  }

  /** The highest number that a page has; they begin at 1. */
  int last() throws IOException {
    long stored = (file.size() + Sqlite.PAGE_SIZE - 1) / Sqlite.PAGE_SIZE;
    return Math.max((int) Math.min(stored, Integer.MAX_VALUE), log.last());
  }

  /** A page; what the file lacks of it is zeros. */
  ByteBuffer page(int number) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(Sqlite.PAGE_SIZE);
    if (!log.read(number, page)) fill(file, (number - 1L) * Sqlite.PAGE_SIZE, page);
    return page.clear();
  }

  /** Reads until the buffer is full or the file ends. */
  static void fill(FileChannel from, long position, ByteBuffer into) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int read = from.read(into, at);
      if (read < 0) return;
      at += read;
    }
  }

  @Override
  public void close() throws IOException {
    try (file) {
      log.close();
    }
  }
}
