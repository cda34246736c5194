package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.jena.RiotReader;
import io.mestral.smartapi.syntax.Limits;

/** Reads RDF 1.1 N-Triples. Lexical forms and IRIs stay as they are written. */
public final class NTriplesReader {
  private final Limits limits;

  /**
   * A reader, for any number of documents and threads.
   *
   * @param limits what is refused as too large
   */
  public NTriplesReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a document.
   *
   * @param utf8 the document in UTF-8, with or without a byte order mark
   * @return its graph; the empty one for an empty document
   * @throws SmartApiException of type ParseError with line and column when it isn't N-Triples, of
   *     type TooLargeError when it is over a limit
   */
  public Graph read(byte[] utf8) {
    Text text = Text.of("N-Triples", utf8, limits);
    try {
      return fast(text);
    } catch (Doubt e) {
      return general(text);
    }
  }

  Graph fast(Text text) throws Doubt {
    return FastTurtle.readTriples(text, limits);
  }

  Graph general(Text text) {
    Nesting.check(text, limits.depth());
    return RiotReader.N_TRIPLES.read(text.stream(), limits);
  }
}
