package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.broker.keeping.LogEntry.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message for more receivers than one record can name. */
final class Pieces {
  private static final int MOST = 512 << 10; // bytes of receivers; the largest packet fits beside

  private Pieces() {}

  /**
   * The records it takes, in their order: one, for all but very many receivers. The last has what
   * is remembered of the message besides.
   */
  static List<Message> of(Message whole) {
    List<Integer> ends = ends(whole.copies());
    if (ends.size() <= 1) return List.of(whole);
    List<Message> pieces = new ArrayList<>(ends.size());
    int from = 0;
    for (int i = 0; i < ends.size(); i++) {
      List<Copy> copies = whole.copies().subList(from, ends.get(i));
      pieces.add(piece(whole, copies, i, i == ends.size() - 1));
      from = ends.get(i);
    }
    return pieces;
  }

  private static List<Integer> ends(List<Copy> copies) {
    if (copies.size() <= 1) return List.of();
    List<Integer> ends = new ArrayList<>(1);
    long length = 0;
    for (int i = 0; i < copies.size(); i++) {
      int next = copies.get(i).length();
      if (length > 0 && length + next > MOST) {
        ends.add(i);
        length = 0;
      }
      length += next;
    }
    ends.add(copies.size());
    return ends;
  }

  /** Without a receipt each piece can stand for itself: who publishes again may be heard twice. */
  private static Message piece(Message whole, List<Copy> copies, int index, boolean last) {
    boolean together = whole.receipt().isPresent();
    Piece piece = last ? Piece.LAST : index == 0 ? Piece.FIRST : Piece.NEXT;
    return new Message(
        whole.publish(),
        whole.at(),
        whole.retained() && last,
        copies,
        together ? whole.receipt() : Optional.empty(),
        together ? piece : Piece.WHOLE);
  }
}
