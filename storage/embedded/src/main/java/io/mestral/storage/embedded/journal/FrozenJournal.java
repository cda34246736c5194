package io.mestral.storage.embedded.journal;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The journal as it was at one moment: all that was synced by then, and nothing that came later. It
 * stays readable though the journal goes on and deletes what it doesn't need any more.
 */
public final class FrozenJournal implements AutoCloseable {
  /** The version of its files' format. */
  public static final int FORMAT = RecordFormat.VERSION;

  private final List<Piece> pieces = new ArrayList<>();

  private FrozenJournal() {}

  /**
   * One segment.
   *
   * @param name of its file
   * @param number that its records are summed with
   * @param length how much of the file counts
   */
  public record Piece(String name, long number, FileChannel file, long length) {}

  static FrozenJournal of(Collection<Segment> segments) throws IOException {
    FrozenJournal frozen = new FrozenJournal();
    try {
      for (Segment segment : segments) {
        FileChannel file = FileChannel.open(segment.file(), READ);
        String name = segment.file().getFileName().toString();
        frozen.pieces.add(new Piece(name, segment.number(), file, segment.length()));
      }
      return frozen;
    } catch (IOException failure) {
      frozen.close();
      throw failure;
    }
  }

  /** The segments, oldest first. */
  public List<Piece> pieces() {
    return List.copyOf(pieces);
  }

  @Override
  public void close() throws IOException {
    for (Piece piece : pieces) piece.file.close();
  }
}
