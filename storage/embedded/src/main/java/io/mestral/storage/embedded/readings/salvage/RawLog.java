package io.mestral.storage.embedded.readings.salvage;

import io.mestral.storage.embedded.readings.files.Sqlite;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pages that a database's write-ahead log holds, up to its last commit (SQLite's file format,
 * section 4).
 */
final class RawLog implements AutoCloseable {
  private static final int HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int LITTLE_ENDIAN_SUMS = 0x377f0682;
  private static final int BIG_ENDIAN_SUMS = 0x377f0683;

  private final Optional<FileChannel> file;
  private final Map<Integer, Long> places = new HashMap<>();
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private int sum0;
  private int sum1;

  private RawLog(Optional<FileChannel> file) {
    this.file = file;
  }

  static RawLog of(Path database) throws IOException {
    Path path = database.resolveSibling(database.getFileName() + "-wal");
    if (!Files.exists(path)) return new RawLog(Optional.empty());
    FileChannel file = FileChannel.open(path);
    RawLog log = new RawLog(Optional.of(file));
    try {
      log.index(file);
      return log;
    } catch (IOException failure) {
      file.close();
      throw failure;
    }
  }

  /** The highest page number in it; 0 when it holds none. */
  int last() {
    return places.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Fills the buffer with a page, if it is in the log. */
  boolean read(int page, ByteBuffer into) throws IOException {
    Long place = places.get(page);
    if (place == null || file.isEmpty()) return false;
    RawPages.fill(file.get(), place, into);
    return true;
  }

  private void index(FileChannel log) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    RawPages.fill(log, 0, header);
    int magic = header.getInt(0);
    if (magic != LITTLE_ENDIAN_SUMS && magic != BIG_ENDIAN_SUMS) return;
    order = magic == LITTLE_ENDIAN_SUMS ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    sum(header, 0, 24);
    if (header.getInt(8) != Sqlite.PAGE_SIZE || !isSummed(header, 24)) return;
    Map<Integer, Long> uncommitted = new HashMap<>();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + Sqlite.PAGE_SIZE);
    for (long at = HEADER; at + frame.capacity() <= log.size(); at += frame.capacity()) {
      RawPages.fill(log, at, frame.clear());
      if (frame.getLong(8) != header.getLong(16)) return; // salts of an earlier round
      sum(frame, 0, 8);
      sum(frame, FRAME_HEADER, frame.capacity());
      if (!isSummed(frame, 16)) return;
      uncommitted.put(frame.getInt(0), at + FRAME_HEADER);
      if (frame.getInt(4) == 0) continue;
      places.putAll(uncommitted);
      uncommitted.clear();
    }
  }

  private void sum(ByteBuffer bytes, int from, int to) {
    ByteBuffer words = bytes.duplicate().order(order);
    for (int at = from; at < to; at += 8) {
      sum0 += words.getInt(at) + sum1;
      sum1 += words.getInt(at + 4) + sum0;
    }
  }

  private boolean isSummed(ByteBuffer bytes, int at) {
    return bytes.getInt(at) == sum0 && bytes.getInt(at + 4) == sum1;
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) file.get().close();
  }
}
