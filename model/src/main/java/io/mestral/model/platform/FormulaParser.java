package io.mestral.model.platform;

import io.mestral.model.platform.Calibration.Formula;
import io.mestral.model.platform.Calibration.Function;

/**
 * Recursive descent over {@code sum = product (± product)*}, {@code product = factor (*÷ factor)*}.
 */
final class FormulaParser {
  private static final int MAX_DEPTH = 50;

  private final String text;
  private int at;
  private int depth;

  private FormulaParser(String text) {
    this.text = text;
  }

  static Formula parse(String text) {
    FormulaParser parser = new FormulaParser(text);
    Function function = parser.sum();
    parser.skipBlanks();
    if (parser.at < text.length()) throw parser.unexpected();
    return new Formula(text, function);
  }

  private Function sum() {
    Function left = product();
    while (true) {
      Function a = left;
      if (take('+')) {
        Function b = product();
        left = x -> a.at(x) + b.at(x);
      } else if (take('-')) {
        Function b = product();
        left = x -> a.at(x) - b.at(x);
      } else {
        return left;
      }
    }
  }

  private Function product() {
    Function left = factor();
    while (true) {
      Function a = left;
      if (take('*')) {
        Function b = factor();
        left = x -> a.at(x) * b.at(x);
      } else if (take('/')) {
        Function b = factor();
        left = x -> a.at(x) / b.at(x);
      } else {
        return left;
      }
    }
  }

  private Function factor() {
    if (++depth > MAX_DEPTH) throw new IllegalArgumentException("nested too deeply: " + text);
    try {
      if (take('-')) {
        Function inner = factor();
        return x -> -inner.at(x);
      }
      if (take('(')) {
        Function inner = sum();
        if (!take(')')) throw unexpected();
        return inner;
      }
      if (take('x')) return x -> x;
      double number = number();
      return x -> number;
    } finally {
      depth--;
    }
  }

  private double number() {
    skipBlanks();
    int from = at;
    while (at < text.length() && isNumberPart(text.charAt(at))) at++;
    if (from == at) throw unexpected();
    return Double.parseDouble(text.substring(from, at));
  }

  private boolean isNumberPart(char c) {
    if (c >= '0' && c <= '9' || c == '.') return true;
    if (at == 0) return false;
    char before = text.charAt(at - 1);
    boolean exponent = c == 'e' || c == 'E';
    if (exponent) return before >= '0' && before <= '9' || before == '.';
    return (c == '-' || c == '+') && (before == 'e' || before == 'E');
  }

  private boolean take(char expected) {
    skipBlanks();
    if (at >= text.length() || text.charAt(at) != expected) return false;
    at++;
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') at++;
  }

  private IllegalArgumentException unexpected() {
    String where = at < text.length() ? "'" + text.charAt(at) + "' at " + at : "the end";
    return new IllegalArgumentException("unexpected " + where + " in formula: " + text);
  }
}
