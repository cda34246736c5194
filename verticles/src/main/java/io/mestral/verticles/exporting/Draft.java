package io.mestral.verticles.exporting;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** An archive that is being written. All of it blocks. */
final class Draft {
  private static final long BETWEEN_LOOKS = 16L << 20;

  private final ExportFolder folder;
  private final Path draft;
  private final Path file;
  private final FileChannel channel;
  private final long room;
  private long bytes;
  private long looked = -BETWEEN_LOOKS;

  /**
   * @param room how large it may become
   */
  Draft(ExportFolder folder, Path draft, Path file, FileChannel channel, long room) {
    this.folder = folder;
    this.draft = draft;
    this.file = file;
    this.channel = channel;
    this.room = room;
  }

  void write(Buffer piece) throws IOException {
    if (bytes + piece.length() > room)
      throw new RefusedException(Refusal.TOO_LARGE, "there is no room for another archive");
    if (bytes - looked >= BETWEEN_LOOKS) {
      folder.requireFreeDisk();
      looked = bytes;
    }
    ByteBuffer left = ByteBuffer.wrap(piece.getBytes());
    while (left.hasRemaining()) channel.write(left);
    bytes += piece.length();
  }

  /** Makes it an archive that is whole and survives; gives its length. */
  long publish() throws IOException {
    channel.force(true);
    channel.close();
    folder.publish(draft, file);
    return bytes;
  }

  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
