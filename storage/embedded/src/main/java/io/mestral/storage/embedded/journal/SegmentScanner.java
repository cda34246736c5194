package io.mestral.storage.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a segment from front to back and finds the next good record behind damage. */
final class SegmentScanner {
  private static final int WINDOW = 1 << 20;

  private final RecordFormat format = new RecordFormat();
  private ByteBuffer window = ByteBuffer.allocateDirect(WINDOW);
  private long windowStart;

  /** What a scan finds, in the order of the file. */
  interface Findings {
    /** A record; its body lies between position and limit of {@code body} during the call. */
    void found(Entry entry, ByteBuffer body);

    /** Bytes that are no record, with a good one behind them. */
    void damaged(long from, long to);

    /** No good record follows from here to the end of the file. */
    void tail(long from, boolean zeros);
  }

  /** The fixed part of a record and where it stands. */
  record Entry(byte type, int stream, long sequence, long offset, int length) {}

  RecordFormat.Header header(FileChannel file, long number) throws IOException {
    fill(file, 0);
    return RecordFormat.header(window, number);
  }

  /** Scans all that lies behind {@code from}. */
  void scan(FileChannel file, long number, long from, Findings findings) throws IOException {
    long size = file.size();
    fill(file, from);
    long at = from;
    while (at < size) {
      int length = recordAt(file, number, at, size);
      if (length == 0) {
        long next = resume(file, number, at + 1, size);
        if (next == size) {
          findings.tail(at, zeros(file, at, size));
          return;
        }
        findings.damaged(at, next);
        at = next;
        continue;
      }
      int start = (int) (at - windowStart);
      Entry entry = entryAt(start, at, length);
      ByteBuffer body = window.duplicate();
      body.limit(start + length).position(start + RecordFormat.OVERHEAD);
      findings.found(entry, body);
      at += length;
    }
  }

  private Entry entryAt(int start, long offset, int length) {
    return new Entry(
        window.get(start + 12),
        window.getInt(start + 13),
        window.getLong(start + 17),
        offset,
        length);
  }

  private long resume(FileChannel file, long number, long from, long size) throws IOException {
    for (long at = from; at + RecordFormat.OVERHEAD <= size; at++)
      if (recordAt(file, number, at, size) > 0) return at;
    return size;
  }

  /** The length of the good record at an offset, or 0. */
  private int recordAt(FileChannel file, long number, long at, long size) throws IOException {
    if (size - at < RecordFormat.OVERHEAD) return 0;
    load(file, at, RecordFormat.OVERHEAD);
    int length = RecordFormat.claimedLength(window, (int) (at - windowStart));
    if (length == 0 || length > size - at) return 0;
    load(file, at, length);
    int start = (int) (at - windowStart);
    return format.holds(window, start, length, RecordFormat.place(number, at)) ? length : 0;
  }

  private boolean zeros(FileChannel file, long from, long size) throws IOException {
    for (long at = from; at < size; at++) {
      load(file, at, 1);
      if (window.get((int) (at - windowStart)) != 0) return false;
    }
    return true;
  }

  private void load(FileChannel file, long at, int bytes) throws IOException {
    if (at >= windowStart && at + bytes <= windowStart + window.limit()) return;
    if (bytes > window.capacity()) window = ByteBuffer.allocateDirect(bytes);
    fill(file, at);
    if (window.limit() < bytes) throw new IOException("the file got shorter while it was read");
  }

  private void fill(FileChannel file, long at) throws IOException {
    window.clear();
    windowStart = at;
    while (window.hasRemaining() && file.read(window, at + window.position()) > 0) {}
    window.flip();
  }
}
