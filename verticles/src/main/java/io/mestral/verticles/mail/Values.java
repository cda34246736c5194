package io.mestral.verticles.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a template is filled with. What people named doesn't get to write lines of its own, and no
 * more than a line's worth.
 *
 * @param texts by name
 * @param rows of the letter's list, each by name
 */
public record Values(Map<String, String> texts, List<Map<String, String>> rows) {
  private static final int LONGEST_TEXT = 120;

  /** Nothing yet. */
  public static final Values NONE = new Values(Map.of(), List.of());

  /** Copies both. */
  public Values {
    texts = Map.copyOf(texts);
    rows = List.copyOf(rows);
  }

  /** These and a text. */
  public Values with(String name, String text) {
    return put(name, line(text));
  }

  /** These and an address, which is whole or of no use. */
  public Values withLink(String name, String url) {
    return put(name, url);
  }

  /** These and a row of the list. */
  public Values withRow(Map<String, String> row) {
    List<Map<String, String>> more = new ArrayList<>(rows);
    Map<String, String> safe = new LinkedHashMap<>();
    row.forEach((name, text) -> safe.put(name, line(text)));
    more.add(safe);
    return new Values(texts, more);
  }

  private Values put(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(texts);
    more.put(name, text);
    return new Values(more, rows);
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    if (line.codePointCount(0, line.length()) <= LONGEST_TEXT) return line;
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
  }
}
