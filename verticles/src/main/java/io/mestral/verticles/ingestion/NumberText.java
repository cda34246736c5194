package io.mestral.verticles.ingestion;

/** Numbers as devices print them. */
final class NumberText {
  private static final int LONGEST = 64;

  private NumberText() {}

  /**
   * The number a text says, or NaN when it says none: {@code nan}, {@code inf}, {@code ovf}, {@code
   * none}, {@code null}, nothing, or anything else.
   */
  static double parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST || !isPlain(trimmed)) return Double.NaN;
    try {
      double value = Double.parseDouble(trimmed);
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  /** Only what a decimal number is made of: Java alone would take {@code 1f} and {@code 0x1p3}. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') return false;
    }
    return true;
  }
}
