package io.mestral.verticles.csv;

import java.util.Arrays;

/**
 * Cuts bytes that come in pieces into lines, which end with LF, CR LF, or the end. Of a line that
 * is too long only the beginning is told.
 */
final class LineSplitter {
  static final int LONGEST = 32 * 1024;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Taker taker;
  private byte[] line = new byte[512];
  private int length;
  private boolean tooLong;
  private boolean begun;
  private boolean carriage;

  /** Hears of each line. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param ended whether a line end stood behind it, or the first half of one
     * @param whole whether it was short enough to be told to its end
     */
    void line(byte[] bytes, int length, boolean ended, boolean whole);
  }

  LineSplitter(Taker taker) {
    this.taker = taker;
  }

  void take(byte[] piece) {
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] != '\n') continue;
      keep(piece, from, i);
      tell(true);
      from = i + 1;
    }
    keep(piece, from, piece.length);
  }

  void end() {
    if (length > 0) tell(false);
  }

  /** Whether the last line that ended, ended with CR LF. */
  boolean isCrLf() {
    return carriage;
  }

  private void keep(byte[] piece, int from, int to) {
    int room = Math.min(to - from, LONGEST - length);
    if (room < to - from) tooLong = true;
    if (length + room > line.length)
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + room));
    System.arraycopy(piece, from, line, length, room);
    length += room;
  }

  private void tell(boolean lineFeed) {
    boolean hasCarriage = length > 0 && line[length - 1] == '\r';
    int end = hasCarriage ? length - 1 : length;
    if (!begun && end >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length)) {
      System.arraycopy(line, MARK.length, line, 0, end - MARK.length);
      end -= MARK.length;
    }
    begun = true;
    if (lineFeed) carriage = hasCarriage;
    taker.line(line, end, lineFeed || hasCarriage, !tooLong);
    length = 0;
    tooLong = false;
  }
}
