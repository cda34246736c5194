package io.mestral.storage.embedded.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Looks through a segment for bytes that are no record, and changes nothing. */
public final class SegmentCheck implements SegmentScanner.Findings {
  private final List<String> problems = new ArrayList<>();
  private final long length;
  private long records;

  private SegmentCheck(long length) {
    this.length = length;
  }

  /**
   * What one segment holds.
   *
   * @param records good ones
   * @param problems each place with damage, in words
   */
  public record Result(long records, List<String> problems) {}

  /**
   * Reads a segment whose number is in its file's name.
   *
   * @param length how much of the file counts
   */
  public static Result of(FileChannel file, long number, long length) throws IOException {
    SegmentCheck check = new SegmentCheck(length);
    SegmentScanner scanner = new SegmentScanner();
    RecordFormat.Header header = scanner.header(file, number);
    if (header == RecordFormat.Header.NEWER)
      return new Result(0, List.of("a newer version wrote it"));
    if (header == RecordFormat.Header.BROKEN) check.problems.add("its header is damaged");
    long start = header == RecordFormat.Header.GOOD ? RecordFormat.HEADER : 0;
    scanner.scan(file, number, start, check);
    return new Result(check.records, List.copyOf(check.problems));
  }

  @Override
  public void found(SegmentScanner.Entry entry, ByteBuffer body) {
    if (entry.offset() < length && entry.type() == RecordFormat.DATA) records++;
  }

  @Override
  public void damaged(long from, long to) {
    if (from < length) problems.add("bytes " + from + " to " + to + " are no record");
  }

  @Override
  public void tail(long from, boolean zeros) {
    if (from < length) problems.add("from byte " + from + " on there is no record");
  }
}
