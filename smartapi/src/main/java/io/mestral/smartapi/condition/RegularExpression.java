package io.mestral.smartapi.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles regular expressions of the RE2 syntax, whose matching takes time linear in the text. A
 * repetition such as {@code a{1000}} is compiled as so many copies, and nested ones multiply, so
 * they are counted before.
 */
final class RegularExpression {
  /**
   * Longest expression, in characters, and greatest number of steps once repetitions are written
   * out.
   */
  static final int MOST = 1_000;

  private final String text;
  private final Deque<long[]> groups = new ArrayDeque<>(); // size so far, size of the last atom
  private int at;

  private RegularExpression(String text) {
    this.text = text;
  }

  static Pattern compile(String text) {
    if (text.length() > MOST) {
      throw invalid(
          text, "it has %d characters, at most %d are allowed".formatted(text.length(), MOST));
    }
    if (new RegularExpression(text).size() > MOST) {
      throw invalid(text, "with its repetitions written out it has more than " + MOST + " steps");
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException notAllowed) {
      throw invalid(
          text,
          notAllowed.getDescription()
              + " (allowed is the syntax of RE2, without back references and look-around)");
    }
  }

  /** About how many steps the compiled expression has; never fewer than its repetitions make. */
  private long size() {
    groups.push(new long[2]);
    while (at < text.length()) {
      step(text.charAt(at++));
    }
    long size = 0;
    for (long[] group : groups) {
      size += group[0];
    }
    return size;
  }

  private void step(char c) {
    switch (c) {
      case '(':
        groups.push(new long[] {1, 0});
        break;
      case ')':
        if (groups.size() > 1) {
          atom(groups.pop()[0]);
        }
        break;
      case '\\':
        escape();
        break;
      case '[':
        skipClass();
        atom(1);
        break;
      case '{':
        repeat();
        break;
      case '*', '+', '?', '|':
        groups.peek()[0]++;
        break;
      default:
        atom(1);
    }
  }

  private void atom(long size) {
    long[] group = groups.peek();
    group[0] = Math.min(Integer.MAX_VALUE, group[0] + size);
    group[1] = size;
  }

  private void escape() {
    char c = at < text.length() ? text.charAt(at++) : '\\';
    if (c == 'Q') {
      int end = text.indexOf("\\E", at);
      int stop = end < 0 ? text.length() : end;
      groups.peek()[0] += stop - at;
      at = end < 0 ? stop : end + 2;
    } else if ((c == 'p' || c == 'P' || c == 'x') && at < text.length() && text.charAt(at) == '{') {
      int end = text.indexOf('}', at);
      at = end < 0 ? text.length() : end + 1;
    }
    atom(1);
  }

  private void skipClass() {
    at += text.startsWith("^", at) ? 1 : 0;
    at += text.startsWith("]", at) ? 1 : 0;
    while (at < text.length() && text.charAt(at) != ']') {
      int named = text.startsWith("[:", at) ? text.indexOf(":]", at) : -1;
      at = named >= 0 ? named + 2 : at + (text.charAt(at) == '\\' ? 2 : 1);
    }
    at++;
  }

  /** Counts the copies of {@code {n}}, {@code {n,}} and {@code {n,m}}; else a brace is a brace. */
  private void repeat() {
    int end = text.indexOf('}', at);
    String counts = end < 0 ? "" : text.substring(at, end);
    if (!counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
      atom(1);
      return;
    }
    at = end + 1;
    long copies = 1;
    for (String count : counts.split(",")) {
      copies = Math.max(copies, Long.parseLong(count));
    }
    copies += counts.endsWith(",") ? 1 : 0;
    long[] group = groups.peek();
    group[0] = Math.min(Integer.MAX_VALUE, group[0] + group[1] * (copies - 1));
    group[1] = Math.min(Integer.MAX_VALUE, group[1] * copies);
  }

  private static SmartApiException invalid(String text, String problem) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The regular expression \"%s\" of a Condition can't be used: %s."
            .formatted(shown, problem));
  }
}
