package io.mestral.smartapi.rdf;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;

/**
 * Writes a double as {@code xsd:double} wants it in canonical form (XML Schema 1.1 part 2, section
 * 3.3.5): shortest digits, one before the point, at least one after it, {@code E}, exponent.
 */
final class CanonicalDouble {
  private CanonicalDouble() {}

  static String of(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "INF" : "-INF";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0E0" : "0.0E0";
    }
    return fromShortest(DoubleToDecimal.toString(number));
  }

  /** Turns Java's form, {@code 21.5} or {@code 4.0E-5}, into the canonical one. */
  private static String fromShortest(String shortest) {
    StringBuilder digits = new StringBuilder(20);
    int from = shortest.charAt(0) == '-' ? 1 : 0;
    int e = shortest.indexOf('E');
    int end = e < 0 ? shortest.length() : e;
    int point = shortest.indexOf('.', from);
    digits.append(shortest, from, point).append(shortest, point + 1, end);
    int exponent = (e < 0 ? 0 : Integer.parseInt(shortest, e + 1, shortest.length(), 10));
    exponent += point - from - 1;
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    exponent -= first;
    int last = digits.length();
    while (last > first + 1 && digits.charAt(last - 1) == '0') {
      last--;
    }
    StringBuilder canonical = new StringBuilder(26);
    if (from == 1) {
      canonical.append('-');
    }
    canonical.append(digits.charAt(first)).append('.');
    if (last == first + 1) {
      canonical.append('0');
    } else {
      canonical.append(digits, first + 1, last);
    }
    return canonical.append('E').append(exponent).toString();
  }
}
