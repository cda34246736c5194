package io.mestral.smartapi.syntax.jsonld;

/** How a written document says what its names stand for (Smart API, sections 2.1 and 10). */
public enum JsonLdForm {
  /** The bundled context is named; for peers that named it themselves. */
  CONTEXT_NAMED,
  /** What the document uses of the bundled context stands in it; for everybody else. */
  CONTEXT_INLINED,
  /** Expanded form: every IRI is written out, and every value is an object. */
  EXPANDED
}
