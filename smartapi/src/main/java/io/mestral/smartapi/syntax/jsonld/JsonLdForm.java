package io.mestral.smartapi.syntax.jsonld;

/** How a written document says what its names stand for (Smart API, sections 2.1 and 10). */
public enum JsonLdForm {
  /** The bundled context is named; for peers that named it themselves. */
  CONTEXT_NAMED,
  /** What the document uses of the bundled context stands in it; for everybody else. */
  CONTEXT_INLINED,
  /** Expanded form: every IRI is written out, and every value is an object. */
  EXPANDED;

  /**
   * The form in which whoever wrote a document can read an answer: the bundled context is named for
   * those who named it, and inlined for everybody else.
   *
   * @param utf8 a document that {@link JsonLdReader} reads
   * @return the form
   */
  public static JsonLdForm ofAnswerTo(byte[] utf8) {
    return ContextNames.haveBundled(utf8) ? CONTEXT_NAMED : CONTEXT_INLINED;
  }
}
