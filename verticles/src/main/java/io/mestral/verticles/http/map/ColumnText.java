package io.mestral.verticles.http.map;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the elements of a JSON array, a hundred thousand in a row. */
final class ColumnText {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final double WHOLE = 1e15;

  private byte[] bytes;
  private int length;

  /**
   * @param elements how many there will be
   */
  ColumnText(int elements) {
    bytes = new byte[16 + elements * 8];
  }

  void addNull() {
    begin();
    put(NULL);
  }

  void add(long number) {
    begin();
    put(Long.toString(number));
  }

  /** Without the decimals that a whole number hasn't. */
  void add(double number) {
    if (!Double.isFinite(number)) addNull();
    else if (number == Math.rint(number) && Math.abs(number) < WHOLE) add((long) number);
    else {
      begin();
      put(Double.toString(number));
    }
  }

  void add(String text) {
    begin();
    room(1);
    bytes[length++] = '"';
    put(JsonStringEncoder.getInstance().quoteAsUTF8(text));
    room(1);
    bytes[length++] = '"';
  }

  Piece piece() {
    return new Piece(Arrays.copyOf(bytes, length));
  }

  private void begin() {
    if (length == 0) return;
    room(1);
    bytes[length++] = ',';
  }

  @SuppressWarnings("deprecation") // the one that copies the bytes of ASCII without looking at them
  private void put(String ascii) {
    int more = ascii.length();
    room(more);
    ascii.getBytes(0, more, bytes, length);
    length += more;
  }

  private void put(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void room(int more) {
    if (length + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
  }
}
