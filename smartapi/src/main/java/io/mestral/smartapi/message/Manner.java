package io.mestral.smartapi.message;

import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.unit.QudtFamily;

/**
 * How a message is written so that its receiver can read it (Smart API, sections 1.2, 8.1 and 10).
 *
 * @param syntax the syntax, one that is written
 * @param jsonLd how JSON-LD says what its names stand for; without meaning in another syntax
 * @param qudt in which vocabulary units and quantity kinds are named
 */
public record Manner(Syntax syntax, JsonLdForm jsonLd, QudtFamily qudt) {

  /**
   * Checks that messages are written in the syntax.
   *
   * @throws IllegalArgumentException if they are only read in it
   */
  public Manner {
    if (!syntax.isWritten()) {
      throw new IllegalArgumentException("messages aren't written in " + syntax.mediaType());
    }
  }

  /**
   * The manner of messages that nobody asked for: Turtle, which every peer reads.
   *
   * @param qudt the vocabulary of units that the operator chose
   * @return the manner
   */
  public static Manner unasked(QudtFamily qudt) {
    return new Manner(Syntax.TURTLE, JsonLdForm.CONTEXT_INLINED, qudt);
  }

  /**
   * The same in another syntax, such as one that a header {@code Accept} asks for.
   *
   * @param other the syntax, one that is written
   * @return the manner
   */
  public Manner in(Syntax other) {
    return new Manner(other, jsonLd, qudt);
  }
}
