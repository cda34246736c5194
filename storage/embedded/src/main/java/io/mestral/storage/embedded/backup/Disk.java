package io.mestral.storage.embedded.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Copies and sums of files, piece by piece, and synced before they count. */
final class Disk {
  private static final int PIECE = 256 << 10;
  private static final long SYNCED_AFTER = 8 << 20;
  private static final String OF_THE_FILE_SYSTEM = "lost+found";
  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Disk() {}

  /** Copies the front of a file to a new one that only its owner may read; gives its SHA-256. */
  static String copy(FileChannel from, long length, Path target, LongConsumer copied)
      throws IOException {
    MessageDigest sum = sha256();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    long synced = 0;
    try (FileChannel out =
        FileChannel.open(target, Set.of(CREATE_NEW, WRITE), permissions("rw-------"))) {
      for (long at = 0; at < length; ) {
        piece.clear().limit((int) Math.min(PIECE, length - at));
        int read = from.read(piece, at);
        if (read <= 0) throw new IOException("the file got shorter while it was copied");
        sum.update(piece.array(), 0, read);
        piece.flip();
        while (piece.hasRemaining()) out.write(piece);
        at += read;
        if (at - synced >= SYNCED_AFTER) {
          out.force(false);
          synced = at;
        }
        copied.accept(read);
      }
      out.force(true);
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  static String copy(Path from, Path target, LongConsumer copied) throws IOException {
    try (FileChannel file = FileChannel.open(from, READ)) {
      return copy(file, file.size(), target, copied);
    }
  }

  /** The SHA-256 of a file as it lies on the disk. */
  static String sum(Path path, LongConsumer read) throws IOException {
    MessageDigest sum = sha256();
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    try (FileChannel file = FileChannel.open(path, READ)) {
      while (file.read(piece.clear()) > 0) {
        sum.update(piece.array(), 0, piece.position());
        read.accept(piece.position());
      }
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Makes what a file holds, or the names in a folder, survive a power cut. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, Files.isDirectory(path) ? READ : WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a folder that only its owner may enter, and those above it. */
  static void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
  }

  /** Makes an empty file that only its owner may read. */
  static Path makeFile(Path file) throws IOException {
    return Files.createFile(file, permissions("rw-------"));
  }

  private static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  /** What is in a folder, but for what a file system has at its top. */
  private static List<Path> entriesOf(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !entry.endsWith(OF_THE_FILE_SYSTEM)).toList();
    }
  }

  static boolean isEmpty(Path folder) throws IOException {
    return entriesOf(folder).isEmpty();
  }

  /** Whether two places take the same room. */
  static boolean isShared(Path one, Path other) throws IOException {
    return UNIX
        ? Files.getAttribute(one, "unix:dev").equals(Files.getAttribute(other, "unix:dev"))
        : Files.getFileStore(one).equals(Files.getFileStore(other));
  }

  /** The files in a folder and those below it, relative to it and with slashes. */
  static List<String> filesBelow(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : entriesOf(folder)) {
      try (Stream<Path> all = Files.walk(entry)) {
        all.filter(path -> !Files.isDirectory(path))
            .map(path -> folder.relativize(path).toString().replace('\\', '/'))
            .forEach(names::add);
      }
    }
    Collections.sort(names);
    return names;
  }

  /** Takes everything out of a folder, and the folder away if it is not to stay. */
  static void clear(Path folder, boolean stays) throws IOException {
    if (!Files.exists(folder)) return;
    List<Path> all = new ArrayList<>();
    for (Path entry : entriesOf(folder)) {
      try (Stream<Path> below = Files.walk(entry)) {
        below.sorted(Comparator.reverseOrder()).forEach(all::add);
      }
    }
    for (Path path : all) Files.deleteIfExists(path);
    if (!stays) Files.delete(folder);
  }
}
