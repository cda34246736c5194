package io.mestral.smartapi.syntax.turtle;

/**
 * The characters of RDF 1.1 Turtle (sections 6.3 to 6.5) below 0x80, told by a table. Bytes from
 * 0x80 on, which are negative, are in no class but that of IRIs.
 */
final class Characters {
  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int NAME = 4;
  private static final int IRI = 8;
  private static final int SPACE = 16;
  private static final int PLAIN_SHORT = 32;
  private static final int PLAIN_LONG = 64;
  private static final byte[] CLASSES = new byte[256];

  static {
    for (int c = 0; c < CLASSES.length; c++) {
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean digit = c >= '0' && c <= '9';
      boolean quote = c == '"' || c == '\'' || c == '\\';
      int classes = letter ? LETTER : 0;
      classes |= digit ? DIGIT : 0;
      classes |= letter || digit || c == '_' || c == '-' ? NAME : 0;
      classes |= c > ' ' && "<>\"{}|^`\\".indexOf(c) < 0 ? IRI : 0;
      classes |= c == ' ' || c == '\t' || c == '\n' || c == '\r' ? SPACE : 0;
      classes |= quote || c == '\n' || c == '\r' ? 0 : PLAIN_SHORT;
      classes |= quote ? 0 : PLAIN_LONG;
      CLASSES[c] = (byte) classes;
    }
  }

  private Characters() {}

  private static boolean is(int c, int classes) {
    return (CLASSES[c & 0xFF] & classes) != 0;
  }

  static boolean isLetter(int c) {
    return is(c, LETTER);
  }

  static boolean isDigit(int c) {
    return is(c, DIGIT);
  }

  static boolean isLetterOrDigit(int c) {
    return is(c, LETTER | DIGIT);
  }

  /** What may stand inside a name: PN_CHARS. */
  static boolean isName(int c) {
    return is(c, NAME);
  }

  /** What may stand in an IRI in angle brackets, any character from 0x80 on among it. */
  static boolean isIri(int c) {
    return is(c, IRI);
  }

  static boolean isSpace(int c) {
    return is(c, SPACE);
  }

  /** What stands for itself in a string in single quotes. */
  static boolean isPlainShort(int c) {
    return is(c, PLAIN_SHORT);
  }

  /** What stands for itself in a string in three quotes. */
  static boolean isPlainLong(int c) {
    return is(c, PLAIN_LONG);
  }
}
