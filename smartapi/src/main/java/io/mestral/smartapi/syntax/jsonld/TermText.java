package io.mestral.smartapi.syntax.jsonld;

import com.apicatalog.jsonld.uri.UriUtils;
import io.mestral.smartapi.rdf.Iri;
import java.util.BitSet;

/** Which texts are IRIs and language tags. */
final class TermText {
  private static final BitSet NEVER = new BitSet();

  static {
    "<>\"{}|^`\\".chars().forEach(NEVER::set);
  }

  private static final String PLAIN = "-._~/"; // beside letters and digits

  private TermText() {}

  /**
   * Says whether a text is an IRI that every syntax of RDF can hold: a scheme, a colon, and none of
   * the characters that N-Triples leaves out of IRIs.
   *
   * @param text any text
   * @return whether it may stand in a triple; JSON-LD drops what may not
   */
  static boolean isUsable(String text) {
    if (!Iri.isAbsolute(text)) {
      return false;
    }
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c <= ' ' || c >= 0x7F && c < 0xA0 || c < 0x7F && NEVER.get(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says whether the JSON-LD library, which asks {@link java.net.URI}, takes a text for a URI.
   *
   * @param text any text
   * @return whether it may be a datatype, or what a term stands for
   */
  static boolean isUri(String text) {
    return isPlain(text) || UriUtils.isURI(text);
  }

  /** What nearly all IRIs look like, so that they needn't be taken apart. */
  private static boolean isPlain(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon + 1 == text.length() || !Iri.isAbsolute(text)) {
      return false;
    }
    int at = colon + 1;
    if (text.startsWith("//", at)) {
      at += 2;
      int host = at;
      while (at < text.length() && (isAlphanumeric(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      if (at == host || at < text.length() && text.charAt(at) != '/' && text.charAt(at) != '#') {
        return false;
      }
    }
    int fragments = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '#') {
        fragments++;
      } else if (!isAlphanumeric(c) && PLAIN.indexOf(c) < 0) {
        return false;
      }
    }
    return fragments <= 1;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /**
   * Says whether a text may be a language tag, by the grammar of Turtle.
   *
   * @param tag any text
   * @return whether it may; JSON-LD drops values with other tags
   */
  static boolean isLanguageTag(String tag) {
    boolean first = true;
    boolean empty = true;
    for (int at = 0; at < tag.length(); at++) {
      char c = tag.charAt(at);
      if (c == '-' && !empty) {
        first = false;
        empty = true;
      } else if (isAlphanumeric(c) && !(first && c <= '9')) {
        empty = false;
      } else {
        return false;
      }
    }
    return !empty;
  }
}
