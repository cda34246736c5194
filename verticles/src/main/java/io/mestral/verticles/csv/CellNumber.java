package io.mestral.verticles.csv;

import java.nio.charset.StandardCharsets;

/** Numbers in the cells of a file. */
final class CellNumber {
  private static final int LONGEST = 64;
  private static final int MOST_EXACT_DIGITS = 15;
  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private CellNumber() {}

  /** The number some ASCII bytes say; NaN when they say none, or none that is finite. */
  static double parse(byte[] bytes, int from, int to) {
    double plain = plain(bytes, from, to);
    return Double.isNaN(plain) ? any(bytes, from, to) : plain;
  }

  /**
   * What kits print: digits, perhaps with a point between. Digits and power are exact, so one
   * division gives the nearest double.
   */
  private static double plain(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (negative) at++;
    if (to - at < 1 || to - at > MOST_EXACT_DIGITS) return Double.NaN;
    long digits = 0;
    int point = -1;
    for (int i = at; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
      else if (bytes[i] == '.' && point < 0 && i > at && i < to - 1) point = i;
      else return Double.NaN;
    }
    double value = point < 0 ? digits : digits / POWERS[to - 1 - point];
    return negative ? -value : value;
  }

  private static double any(byte[] bytes, int from, int to) {
    if (to == from || to - from > LONGEST) return Double.NaN;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') return Double.NaN;
    }
    try {
      double value =
          Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
      return Double.isFinite(value) ? value : Double.NaN;
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }
}
