package io.mestral.smartapi.rdf;

import java.util.Objects;

/**
 * An absolute IRI, compared as a string without any normalisation (RDF 1.1 Concepts, section 3.2).
 *
 * @param value the IRI as text, never empty; readers check it, this record doesn't
 */
public record Iri(String value) implements Resource, Comparable<Iri> {

  /** Refuses null and the empty text, which no IRI is. */
  public Iri {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an IRI has at least a scheme and a colon, this is empty");
    }
  }

  /**
   * Says whether a text begins as an absolute IRI does: a scheme and a colon (RFC 3986, section
   * 3.1).
   *
   * @param text any text
   * @return whether it may be used as an IRI; the characters after the colon aren't looked at
   */
  public static boolean isAbsolute(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (c == ':') {
        return at > 0;
      }
      if (!letter && (at == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
        return false;
      }
    }
    return false;
  }

  /** The IRI as N-Triples writes it, in angle brackets. */
  @Override
  public String toString() {
    return "<" + value + ">";
  }

  /** By its characters; so that hash tables stay fast when somebody makes hashes collide. */
  @Override
  public int compareTo(Iri other) {
    return value.compareTo(other.value);
  }
}
