package io.mestral.storage.embedded.metadata;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Moves of files that are there after a power cut. */
final class Disk {
  private Disk() {}

  /** Syncs a finished file and gives it its final name. */
  static void moveInPlace(Path finished, Path target) throws IOException {
    sync(finished, StandardOpenOption.WRITE);
    Files.move(
        finished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(target.getParent());
  }

  /** Makes the names in a folder last. */
  static void syncFolder(Path folder) throws IOException {
    sync(folder, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
