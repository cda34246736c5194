package io.mestral.smartapi.syntax.turtle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Strings in quotes, short and long (RDF 1.1 Turtle, section 2.5.1): one pass over the bytes and
 * one string made, however long it is.
 */
final class Strings {
  private final byte[] in;
  private final boolean isAscii;
  private int end;

  /** What was unescaped so far. */
  private byte[] plain = new byte[256];

  private int length;

  Strings(byte[] in, boolean isAscii) {
    this.in = in;
    this.isAscii = isAscii;
  }

  /** Where the string that was read last ended: after its last quote. */
  int end() {
    return end;
  }

  /** Reads the string whose first quote stands here. */
  String read(int from) throws Doubt {
    byte quote = in[from];
    if (!isAt(from + 1, quote)) {
      return shortOne(from + 1, quote);
    }
    if (isAt(from + 2, quote)) {
      return longOne(from + 3, quote);
    }
    end = from + 2;
    return "";
  }

  private boolean isAt(int at, byte c) {
    return at < in.length && in[at] == c;
  }

  private String shortOne(int from, byte quote) throws Doubt {
    length = 0;
    int run = from;
    int at = from;
    while (true) {
      while (at < in.length && Characters.isPlainShort(in[at])) {
        at++;
      }
      if (at == in.length) {
        throw Doubt.here();
      }
      if (in[at] == quote) {
        end = at + 1;
        return string(run, at);
      }
      if (in[at] == '\\') {
        at = afterEscape(run, at);
        run = at;
      } else if (in[at] == '"' || in[at] == '\'') {
        at++;
      } else {
        throw Doubt.here();
      }
    }
  }

  private String longOne(int from, byte quote) throws Doubt {
    length = 0;
    int run = from;
    int at = from;
    while (true) {
      while (at < in.length && Characters.isPlainLong(in[at])) {
        at++;
      }
      if (at == in.length) {
        throw Doubt.here();
      }
      if (in[at] == '\\') {
        at = afterEscape(run, at);
        run = at;
      } else if (in[at] == quote && isAt(at + 1, quote) && isAt(at + 2, quote)) {
        end = at + 3;
        return string(run, at);
      } else {
        at++;
      }
    }
  }

  /** The string that ends with this run of bytes. */
  private String string(int run, int to) {
    if (length == 0) {
      return new String(in, run, to - run, isAscii ? ISO_8859_1 : UTF_8);
    }
    append(run, to);
    return new String(plain, 0, length, UTF_8);
  }

  private void append(int from, int to) {
    room(to - from);
    System.arraycopy(in, from, plain, length, to - from);
    length += to - from;
  }

  private void room(int more) {
    if (plain.length - length < more) {
      plain = Arrays.copyOf(plain, Math.max(length + more, plain.length * 2));
    }
  }

  /** Takes the run before an escape and what the escape stands for. */
  private int afterEscape(int run, int at) throws Doubt {
    append(run, at);
    if (at + 1 == in.length) {
      throw Doubt.here();
    }
    switch (in[at + 1]) {
      case 't' -> character('\t');
      case 'b' -> character('\b');
      case 'n' -> character('\n');
      case 'r' -> character('\r');
      case 'f' -> character('\f');
      case '"', '\'', '\\' -> character(in[at + 1]);
      case 'u' -> {
        character(hex(at + 2, 4));
        return at + 6;
      }
      case 'U' -> {
        character(hex(at + 2, 8));
        return at + 10;
      }
      default -> throw Doubt.here();
    }
    return at + 2;
  }

  private int hex(int from, int digits) throws Doubt {
    if (from + digits > in.length) {
      throw Doubt.here();
    }
    int number = 0;
    for (int at = from; at < from + digits; at++) {
      int digit = in[at] < 0 ? -1 : Character.digit(in[at], 16);
      if (digit < 0 || number > Character.MAX_CODE_POINT >> 4) {
        throw Doubt.here();
      }
      number = number << 4 | digit;
    }
    boolean isSurrogate = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
    if (isSurrogate || number > Character.MAX_CODE_POINT) {
      throw Doubt.here();
    }
    return number;
  }

  /** Appends a character as UTF-8. */
  private void character(int c) {
    room(4);
    if (c < 0x80) {
      plain[length++] = (byte) c;
    } else if (c < 0x800) {
      plain[length++] = (byte) (0xC0 | c >> 6);
      plain[length++] = (byte) (0x80 | c & 0x3F);
    } else if (c < 0x10000) {
      plain[length++] = (byte) (0xE0 | c >> 12);
      plain[length++] = (byte) (0x80 | c >> 6 & 0x3F);
      plain[length++] = (byte) (0x80 | c & 0x3F);
    } else {
      plain[length++] = (byte) (0xF0 | c >> 18);
      plain[length++] = (byte) (0x80 | c >> 12 & 0x3F);
      plain[length++] = (byte) (0x80 | c >> 6 & 0x3F);
      plain[length++] = (byte) (0x80 | c & 0x3F);
    }
  }
}
