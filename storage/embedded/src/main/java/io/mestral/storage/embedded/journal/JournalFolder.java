package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.mestral.storage.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The folder that holds the segments, and beside them, in {@code damaged}, what was set aside. */
final class JournalFolder {
  private static final String SEGMENT_NAME = "\\d{8,18}\\" + Segment.SUFFIX;

  private final Path path;
  private final Disk disk;
  private final AtomicLong recordsAside = new AtomicLong();

  /** Opens files for writing; a test can have one that fails. */
  @FunctionalInterface
  interface Disk {
    Disk REAL = file -> FileChannel.open(file, CREATE_NEW, WRITE);

    FileChannel create(Path file) throws IOException;
  }

  JournalFolder(Path path, Disk disk) throws IOException {
    this.path = Files.createDirectories(path);
    this.disk = disk;
  }

  /** The segments there are, oldest first. */
  List<Segment> segments() throws IOException {
    try (var files = Files.list(path)) {
      return files
          .filter(file -> file.getFileName().toString().matches(SEGMENT_NAME))
          .map(file -> new Segment(numberOf(file), file, file.toFile().length()))
          .sorted(Comparator.comparingLong(Segment::number))
          .toList();
    }
  }

  private static long numberOf(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - Segment.SUFFIX.length()));
  }

  /** What the streams are called, apart from the segments. */
  StreamNames names() {
    return new StreamNames(path);
  }

  Path fileOf(long segment) {
    return path.resolve(Segment.nameOf(segment));
  }

  FileChannel create(long segment) throws IOException {
    return disk.create(fileOf(segment));
  }

  /** Makes the names of new files, and the absence of deleted ones, survive a power cut. */
  void sync() throws IOException {
    syncFolder(path);
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  /** Copies a part of a file to {@code damaged}; the same part twice is copied once. */
  Path copyAside(Path file, long from, long to) throws IOException {
    Path copy = damaged().resolve(file.getFileName() + "." + from + "-" + to);
    if (Files.exists(copy) && Files.size(copy) == to - from) return copy;
    Path half = copy.resolveSibling(copy.getFileName() + ".part");
    Files.deleteIfExists(half);
    try (FileChannel in = FileChannel.open(file, READ);
        FileChannel out = FileChannel.open(half, CREATE_NEW, WRITE)) {
      for (long at = from; at < to; ) {
        long copied = in.transferTo(at, to - at, out);
        if (copied <= 0) throw new IOException("the file got shorter while it was copied");
        at += copied;
      }
      out.force(true);
    }
    Files.move(half, copy);
    syncFolder(copy.getParent());
    return copy;
  }

  /** Writes a record to {@code damaged} that nobody understands; the same one twice once. */
  Path setAside(StreamName stream, long sequence, byte[] body) throws IOException {
    String name = stream.value().replaceAll("[^A-Za-z0-9._-]", "_");
    Path copy = damaged().resolve("record-" + name + "-" + sequence);
    if (Files.exists(copy) && Files.size(copy) == body.length) return copy;
    Path half = copy.resolveSibling(copy.getFileName() + ".part");
    Files.deleteIfExists(half);
    try (FileChannel out = FileChannel.open(half, CREATE_NEW, WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(body);
      while (bytes.hasRemaining()) out.write(bytes);
      out.force(true);
    }
    Files.move(half, copy, ATOMIC_MOVE);
    syncFolder(copy.getParent());
    recordsAside.incrementAndGet();
    return copy;
  }

  /** How many records were set aside since it was opened; any thread may ask. */
  long recordsAside() {
    return recordsAside.get();
  }

  /** Moves a whole file to {@code damaged}. */
  Path moveAside(Path file) throws IOException {
    Path place = damaged().resolve(file.getFileName());
    for (int n = 1; Files.exists(place); n++)
      place = damaged().resolve(file.getFileName() + "." + n);
    Files.move(file, place);
    syncFolder(place.getParent());
    sync();
    return place;
  }

  private Path damaged() throws IOException {
    return Files.createDirectories(path.resolve("damaged"));
  }
}
