package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.rdf.Iri;

/**
 * What a message may have as an IRI: a scheme, a colon, and none of the characters that RDF 1.1
 * Turtle leaves out of an IRIREF. What stands behind the scheme is kept as it is.
 */
final class IriSyntax {
  private static final String SHUT_OUT = "<>\"{}|^`\\";

  private IriSyntax() {}

  /**
   * Looks for what is wrong.
   *
   * @param text any text
   * @return what is wrong with it and what is allowed; empty when nothing is
   */
  static String fault(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c <= ' ' || SHUT_OUT.indexOf(c) >= 0) {
        return "The IRI <%s> has the character U+%04X, which an IRI may not have."
            .formatted(Excerpt.of(text), (int) c);
      }
    }
    if (!Iri.isAbsolute(text)) {
      return "The IRI <%s> is relative; only absolute ones are allowed, which begin with a scheme."
          .formatted(Excerpt.of(text));
    }
    return "";
  }
}
