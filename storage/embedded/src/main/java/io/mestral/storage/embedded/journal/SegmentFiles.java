package io.mestral.storage.embedded.journal;

import io.mestral.storage.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments on disk, and the newest of them open for writing. After a failed write the file is
 * cut back to its last good byte; after a failed sync nobody knows what the file holds, so it is
 * left and the next group opens another. Belongs to the journal's thread.
 */
final class SegmentFiles {
  private static final Logger log = LoggerFactory.getLogger(SegmentFiles.class);

  private final JournalFolder folder;
  private final int segmentBytes;
  private final ArrayDeque<Segment> segments;
  private Optional<FileChannel> writing = Optional.empty();
  private long nextNumber;
  private long emptyLength;
  private boolean unsynced;
  private volatile long size;

  SegmentFiles(JournalFolder folder, int segmentBytes, List<Segment> found, long nextNumber) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.segments = new ArrayDeque<>(found);
    this.nextNumber = nextNumber;
    for (Segment segment : found) size += segment.length();
  }

  /** A new segment while its catalogue is written. */
  interface Sink {
    long segment();

    long length();

    void write(ByteBuffer bytes) throws IOException;
  }

  /** Writes what stands at the start of each segment. */
  @FunctionalInterface
  interface Catalogue {
    void writeTo(Sink sink) throws IOException;
  }

  /** Writes down what a new stream is called, apart from the segments. */
  void nameStream(int number, StreamName name) {
    folder.names().add(number, name);
  }

  /** Keeps a record apart; gives the file. */
  Path setAside(StreamName name, long sequence, byte[] body) throws IOException {
    return folder.setAside(name, sequence, body);
  }

  /** The segments, oldest first. */
  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** All segments together; may be asked from any thread. */
  long size() {
    return size;
  }

  boolean isUnsynced() {
    return unsynced;
  }

  /** The number of the segment that is written. */
  long current() {
    return segments.getLast().number();
  }

  Segment currentSegment() {
    return segments.getLast();
  }

  /** Where the next group will stand. */
  long length() {
    return segments.getLast().length();
  }

  /** Whether a group of so many bytes needs a new segment. */
  boolean mustTurn(long bytes) {
    if (writing.isEmpty()) return true;
    return length() > emptyLength && length() + bytes > segmentBytes;
  }

  /** Opens the next segment; the one before stays as it is. */
  void turn(Catalogue catalogue) throws IOException {
    leave();
    long number = nextNumber++;
    Segment segment = new Segment(number, folder.fileOf(number), 0);
    FileChannel file = folder.create(number);
    try {
      ByteBuffer header = ByteBuffer.allocate(RecordFormat.HEADER);
      RecordFormat.putHeader(header, number);
      Sink sink = sinkTo(file, segment);
      sink.write(header.flip());
      catalogue.writeTo(sink);
      file.force(true);
      folder.sync();
    } catch (IOException failure) {
      discard(file, segment);
      throw failure;
    }
    segments.addLast(segment);
    writing = Optional.of(file);
    emptyLength = segment.length();
    size += emptyLength;
  }

  private static Sink sinkTo(FileChannel file, Segment segment) {
    return new Sink() {
      @Override
      public long segment() {
        return segment.number();
      }

      @Override
      public long length() {
        return segment.length();
      }

      @Override
      public void write(ByteBuffer bytes) throws IOException {
        segment.length(writeFully(file, bytes, segment.length()));
      }
    };
  }

  private static void discard(FileChannel file, Segment segment) {
    try (file) {
      Files.deleteIfExists(segment.file());
    } catch (IOException failure) {
      log.warn("{} was begun and cannot be deleted", segment.file(), failure);
    }
  }

  /** Writes a group behind what is there. */
  void write(ByteBuffer bytes, boolean sync) throws IOException {
    FileChannel file = writing.orElseThrow(() -> new IOException("no segment is open"));
    Segment segment = segments.getLast();
    long end;
    try {
      end = writeFully(file, bytes, segment.length());
    } catch (IOException failure) {
      cutBack(file, segment);
      throw failure;
    }
    unsynced = true;
    if (sync) sync();
    size += end - segment.length();
    segment.length(end);
  }

  private static long writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long end = at;
    while (bytes.hasRemaining()) end += file.write(bytes, end);
    return end;
  }

  private void cutBack(FileChannel file, Segment segment) {
    try {
      file.truncate(segment.length());
    } catch (IOException failure) {
      log.error("{} cannot be cut back to {} bytes", segment.file(), segment.length(), failure);
      abandon();
    }
  }

  /** Makes what was written survive a power cut. */
  void sync() throws IOException {
    if (writing.isEmpty() || !unsynced) return;
    try {
      writing.get().force(false);
      unsynced = false;
    } catch (IOException failure) {
      cutBack(writing.get(), segments.getLast());
      abandon();
      throw failure;
    }
  }

  private void abandon() {
    if (writing.isEmpty()) return;
    log.error("{} is not written any more", segments.getLast().file());
    try {
      close();
    } catch (IOException failure) {
      log.error("{} cannot be closed", segments.getLast().file(), failure);
    }
  }

  private void leave() {
    try {
      sync();
      close();
    } catch (IOException failure) {
      log.error("the end of {} may be lost at a power cut", segments.getLast().file(), failure);
    }
  }

  /**
   * Deletes segments that no stream needs; the newest always stays, for what its catalogue says.
   */
  void deleteUnneeded() {
    boolean deleted = false;
    for (Iterator<Segment> each = segments.iterator(); each.hasNext(); ) {
      Segment segment = each.next();
      if (segment.isNeeded() || segment == segments.getLast()) continue;
      try {
        Files.deleteIfExists(segment.file());
        each.remove();
        size -= segment.length();
        deleted = true;
      } catch (IOException failure) {
        log.warn("{} is not needed and cannot be deleted", segment.file(), failure);
      }
    }
    if (deleted) syncFolder();
  }

  private void syncFolder() {
    try {
      folder.sync();
    } catch (IOException failure) {
      log.warn("deleted segments can come back at a power cut", failure);
    }
  }

  void close() throws IOException {
    unsynced = false;
    if (writing.isEmpty()) return;
    FileChannel file = writing.get();
    writing = Optional.empty();
    file.close();
  }
}
