package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Message;
import java.util.List;

/** Where the pieces of a message stand that are on disk. */
final class WrittenPieces {
  private final List<Message> pieces;
  private final long[] sequences; // 0 for one that isn't
  private final int[] lengths;

  WrittenPieces(List<Message> pieces) {
    this.pieces = pieces;
    this.sequences = new long[pieces.size()];
    this.lengths = new int[pieces.size()];
  }

  /** What is done with each. */
  @FunctionalInterface
  interface Action {
    /**
     * @param from which of the message's receivers is the first of this piece
     */
    void take(Message piece, int from, long sequence, int length);
  }

  /** Notes what becomes of a piece; all are told before their futures complete. */
  LogStream.Outcome outcome(int index) {
    return new LogStream.Outcome() {
      @Override
      public void kept(long sequence, int length) {
        sequences[index] = sequence;
        lengths[index] = length;
      }

      @Override
      public void failed(Throwable cause) {
        // it has no sequence
      }
    };
  }

  /** Those that are on disk, in their order. */
  void forEach(Action action) {
    int from = 0;
    for (int i = 0; i < sequences.length; i++) {
      if (sequences[i] > 0) action.take(pieces.get(i), from, sequences[i], lengths[i]);
      from += pieces.get(i).copies().size();
    }
  }
}
