package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;

/** The two ways that a Turtle or N-Triples document may be read, each on its own. */
public final class TurtlePaths {
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);
  private static final NTriplesReader TRIPLES = new NTriplesReader(Limits.DEFAULT);

  private TurtlePaths() {}

  /** In our own parser; fails where that leaves the document to the other way. */
  public static Graph fast(byte[] document) {
    try {
      return READER.fast(text(document));
    } catch (Doubt e) {
      throw new AssertionError("the fast path didn't take it", e);
    }
  }

  /** In Jena. */
  public static Graph general(byte[] document) {
    return READER.general(text(document));
  }

  /** N-Triples in our own parser; fails where that leaves the document to the other way. */
  public static Graph fastTriples(byte[] document) {
    try {
      return TRIPLES.fast(text(document));
    } catch (Doubt e) {
      throw new AssertionError("the fast path didn't take it", e);
    }
  }

  /** N-Triples in Jena. */
  public static Graph generalTriples(byte[] document) {
    return TRIPLES.general(text(document));
  }

  private static Text text(byte[] document) {
    return Text.of("Turtle", document, Limits.DEFAULT);
  }
}
