package io.mestral.storage.search;

import java.util.List;

/** What a field has to be. */
public sealed interface Match {
  /** How two values stand to each other. */
  enum Relation {
    /** The same, letters' case included. */
    EQUAL,
    /** Less, or earlier. */
    LESS,
    /** Not more. */
    AT_MOST,
    /** More, or later. */
    GREATER,
    /** Not less. */
    AT_LEAST
  }

  /** It stands so to a value. */
  record Compared(Relation relation, Value value) implements Match {}

  /** It is one of these. */
  record Among(List<Value> values) implements Match {
    /** Copies the list. */
    public Among {
      values = List.copyOf(values);
    }
  }

  /**
   * It is like a pattern, letters' case aside.
   *
   * @param pattern of {@code LIKE}, with a backslash before what stands for itself
   */
  record Like(String pattern) implements Match {
    /** Has this in it. */
    public static Like containing(String text) {
      return new Like("%" + literal(text) + "%");
    }

    /** Begins so. */
    public static Like startingWith(String text) {
      return new Like(literal(text) + "%");
    }

    /** Ends so. */
    public static Like endingWith(String text) {
      return new Like("%" + literal(text));
    }

    /** A pattern of the asker's: a last backslash, which has nothing behind it, means itself. */
    public static Like matching(String pattern) {
      int last = pattern.length();
      while (last > 0 && pattern.charAt(last - 1) == '\\') last--;
      boolean isOpen = (pattern.length() - last) % 2 == 1;
      return new Like(isOpen ? pattern + "\\" : pattern);
    }

    private static String literal(String text) {
      return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
  }

  /** Nothing stands there. */
  record Absent() implements Match {}

  /** Nothing stands there, or an empty text. */
  record Blank() implements Match {}
}
