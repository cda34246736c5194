package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Texts that every store takes and every answer can hold: without NUL, which PostgreSQL refuses,
 * and without halves of surrogate pairs, which have no form in UTF-8 but can be written in JSON.
 */
public final class WholeText {
  static final String REFUSED = "The request holds a character that can't be part of a text";

  private WholeText() {}

  /** Whether this is one. */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) return false;
      if (!Character.isSurrogate(c)) continue;
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) return false;
      i++;
    }
    return true;
  }

  /** Whether all names and texts in the tree are such. */
  static boolean isAll(JsonNode tree) {
    Deque<JsonNode> left = new ArrayDeque<>();
    left.add(tree);
    while (!left.isEmpty()) {
      JsonNode node = left.pop();
      if (node.isTextual() && !is(node.asText())) return false;
      Iterator<String> names = node.fieldNames();
      while (names.hasNext()) if (!is(names.next())) return false;
      for (JsonNode child : node) left.push(child);
    }
    return true;
  }
}
