package io.mestral.storage.search;

import java.util.List;
import java.util.stream.Stream;

/** What holds for the things that are listed. */
public sealed interface Condition {
  /**
   * An attribute is something, or isn't. Where a thing may have several, one of them is enough to
   * be something, and none of them may be what the attribute isn't. What isn't there at all is
   * neither equal to a value nor different from it.
   *
   * @param wanted false for what must not be
   */
  record Holds(Attribute attribute, Match match, boolean wanted) implements Condition {}

  /** All of them hold. */
  record All(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One of them holds at least. */
  record Any(List<Condition> parts) implements Condition {
    /** Copies the list. */
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** What it is about. */
  default Stream<Attribute> attributes() {
    if (this instanceof All all) return all.parts().stream().flatMap(Condition::attributes);
    if (this instanceof Any any) return any.parts().stream().flatMap(Condition::attributes);
    return Stream.of(((Holds) this).attribute());
  }
}
