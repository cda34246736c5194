package io.mestral.verticles.exporting;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of the archives. All of it blocks. */
public final class ExportFolder {
  /** So much of the disk is left to what must be written. */
  private static final long LEFT_FREE = 256L << 20;

  private static final String ENDING = ".csv";
  private static final String DRAFT = ".part";
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final long maxBytes;

  /**
   * @param maxBytes of all archives together
   */
  public ExportFolder(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Where an archive lies when it is finished. */
  public Path fileOf(String name) {
    return folder.resolve(name + ENDING);
  }

  /** Begins an archive, over what an earlier attempt left. */
  Draft draft(String name) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
    remove(name);
    Path draft = folder.resolve(name + DRAFT);
    FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions("rw-------"));
    return new Draft(this, draft, fileOf(name), channel, maxBytes - bytes());
  }

  /** Removes an archive, if it is there. */
  void remove(String name) throws IOException {
    Files.deleteIfExists(fileOf(name));
    Files.deleteIfExists(folder.resolve(name + DRAFT));
  }

  /** Removes every file of ours that isn't one of these. */
  void keepOnly(Set<String> names) throws IOException {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean known =
          name.endsWith(ENDING)
              && names.contains(name.substring(0, name.length() - ENDING.length()));
      if (!known && (name.endsWith(ENDING) || name.endsWith(DRAFT))) Files.deleteIfExists(file);
    }
  }

  private long bytes() throws IOException {
    long bytes = 0;
    for (Path file : files()) bytes += Files.size(file);
    return bytes;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  void requireFreeDisk() throws IOException {
    if (Files.getFileStore(folder).getUsableSpace() < LEFT_FREE)
      throw new RefusedException(Refusal.TOO_LARGE, "the disk is too full for another archive");
  }

  void publish(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }
}
