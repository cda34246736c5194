package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of a document, found to be not too many, UTF-8, and without NUL.
 *
 * @param syntax the syntax, for messages
 * @param bytes the document
 * @param start where it begins, after a byte order mark
 * @param isAscii whether every byte is below 0x80
 */
record Text(String syntax, byte[] bytes, int start, boolean isAscii) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /**
   * Checks a document.
   *
   * @throws SmartApiException of type TooLargeError or ParseError if it isn't as said above
   */
  static Text of(String syntax, byte[] bytes, Limits limits) {
    if (bytes.length > limits.bytes()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The document has %d bytes, at most %d are allowed."
              .formatted(bytes.length, limits.bytes()));
    }
    int ascii = asciiUntil(bytes);
    Text text = new Text(syntax, bytes, hasMark(bytes) ? 3 : 0, ascii == bytes.length);
    text.check(ascii);
    return text;
  }

  InputStream stream() {
    return new ByteArrayInputStream(bytes, start, bytes.length - start);
  }

  /** An error at a place in the document. */
  SmartApiException error(ErrorType type, int at, String message) {
    int line = 1;
    int lineStart = start;
    for (int i = start; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    int column = 1;
    for (int i = lineStart; i < at; i++) {
      column += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    return new SmartApiException(
        type, "%s, line %d, column %d: %s".formatted(syntax, line, column, message));
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Where the first byte stands that is NUL or not ASCII. */
  private static int asciiUntil(byte[] bytes) {
    int at = 0;
    for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      if (((eight | eight - ONES) & HIGHS) != 0) { // a high bit, or a byte that was 0
        break;
      }
    }
    while (at < bytes.length && bytes[at] > 0) {
      at++;
    }
    return at;
  }

  private void check(int from) {
    int at = from;
    while (at < bytes.length) {
      int length = lengthAt(at);
      if (length == 0) {
        throw error(
            ErrorType.PARSE_ERROR,
            at,
            bytes[at] == 0
                ? "There is a byte 0x00, which no document has."
                : "The byte 0x%02X makes no UTF-8, the only encoding that is allowed."
                    .formatted(bytes[at] & 0xFF));
      }
      at += length;
    }
  }

  /** How many bytes the character here has (RFC 3629, section 4); 0 for none and for NUL. */
  private int lengthAt(int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first == 0 ? 0 : 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
      return isIn(at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int least = first == 0xE0 ? 0xA0 : 0x80;
      int most = first == 0xED ? 0x9F : 0xBF;
      return isIn(at + 1, least, most) && isIn(at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int least = first == 0xF0 ? 0x90 : 0x80;
      int most = first == 0xF4 ? 0x8F : 0xBF;
      return isIn(at + 1, least, most) && isIn(at + 2, 0x80, 0xBF) && isIn(at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private boolean isIn(int at, int least, int most) {
    return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
  }
}
