package io.mestral.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Small files of one folder that only the node's own user may read; each is there whole or not. */
record PrivateFiles(Path folder) {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /** What a new folder or file is made with, where the system knows permissions. */
  static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  void write(String name, byte[] content) throws IOException {
    Path draft = folder.resolve(name + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions("rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    Files.move(
        draft,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same, and the folder knows of it even when the machine stops now. */
  void writeForGood(String name, byte[] content) throws IOException {
    write(name, content);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Moves a damaged file out of the way, beside those set aside before. */
  Path setAside(String name) throws IOException {
    Path damaged = Files.createDirectories(folder.resolve("damaged"), permissions("rwx------"));
    int number = 1;
    while (Files.exists(damaged.resolve(name + "." + number))) number++;
    return Files.move(folder.resolve(name), damaged.resolve(name + "." + number));
  }

  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }
}
