package io.mestral.smartapi.syntax.jsonld;

/**
 * Says that a document needs more of JSON-LD than the one-pass reader knows; or that it is wrong,
 * which the library's expansion finds out.
 */
final class NotSimple extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * What was met.
   *
   * @param what for the message to the sender, should the document be too large for expansion
   */
  NotSimple(String what) {
    super(what, null, false, false);
  }
}
