package io.mestral.node;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of its own, small enough to be filled; needs the right to mount one. */
final class SmallDisk implements AutoCloseable {
  private static final int PIECE = 4096;

  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Makes one; says why not when that is not possible here. */
  static Made of(Path folder, int mebibytes) throws IOException, InterruptedException {
    Path image = folder.resolve("disk.img");
    Path place = Files.createDirectories(folder.resolve("disk"));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mebibytes << 20);
    }
    Optional<String> problem = problem("mkfs.ext4", "-q", "-m", "0", "-F", image.toString());
    if (problem.isEmpty())
      problem = problem("mount", "-o", "loop", image.toString(), place.toString());
    if (problem.isPresent()) return new Made(Optional.empty(), problem.get());
    return new Made(Optional.of(new SmallDisk(place)), "");
  }

  /** A disk, or why there is none. */
  record Made(Optional<SmallDisk> disk, String why) {}

  Path place() {
    return place;
  }

  /** Takes all the room there is but so much. */
  void fill(long left) throws IOException {
    Path filler = place.resolve("filler");
    byte[] piece = new byte[1 << 20];
    try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
      file.seek(file.length());
      for (int size = piece.length; size >= PIECE; ) {
        if (room() < left + size) {
          size /= 2;
          continue;
        }
        try {
          file.write(piece, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
  }

  void empty() throws IOException {
    Files.deleteIfExists(place.resolve("filler"));
  }

  long room() throws IOException {
    return Files.getFileStore(place).getUsableSpace();
  }

  @Override
  public void close() throws IOException {
    try {
      Optional<String> problem = problem("umount", place.toString());
      if (problem.isPresent()) throw new IOException(problem.get());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("umount");
    }
  }

  private static Optional<String> problem(String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return Optional.of(missing.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (!process.waitFor(30, TimeUnit.SECONDS)) return Optional.of(command[0] + " hangs");
    return process.exitValue() == 0 ? Optional.empty() : Optional.of(command[0] + ": " + said);
  }
}
