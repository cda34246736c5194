package io.mestral.smartapi.syntax.turtle;

/**
 * Says that the fast path leaves a document to Jena: it is unusual, or wrong. Always the same one,
 * without a stack trace.
 */
final class Doubt extends Exception {
  private static final long serialVersionUID = 1L;
  private static final Doubt DOUBT = new Doubt();

  private Doubt() {
    super("unusual or wrong", null, false, false);
  }

  static Doubt here() {
    return DOUBT;
  }
}
