package io.mestral.smartapi.syntax;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The syntaxes that messages come in, with their media types; the first one is written. */
public enum Syntax {
  /** RDF 1.1 Turtle, what is spoken when nothing else was agreed. */
  TURTLE("text/turtle", "application/x-turtle"),
  /** JSON-LD 1.1. */
  JSON_LD("application/ld+json"),
  /** RDF 1.1 N-Triples. */
  N_TRIPLES("application/n-triples"),
  /** RDF 1.1 XML, read and never written. */
  RDF_XML("application/rdf+xml");

  private final List<String> mediaTypes;

  Syntax(String... mediaTypes) {
    this.mediaTypes = List.of(mediaTypes);
  }

  /**
   * The media type that is written.
   *
   * @return type and subtype, in lower case, without parameters
   */
  public String mediaType() {
    return mediaTypes.get(0);
  }

  /**
   * Whether messages are written in this syntax.
   *
   * @return false for what is only read
   */
  public boolean isWritten() {
    return this != RDF_XML;
  }

  /**
   * Finds the syntax of a media type.
   *
   * @param mediaType as in a header, parameters allowed and not looked at
   * @return the syntax, or nothing when messages don't come in it
   */
  public static Optional<Syntax> ofMediaType(String mediaType) {
    int end = mediaType.indexOf(';');
    String bare = (end < 0 ? mediaType : mediaType.substring(0, end)).trim();
    String type = bare.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.mediaTypes.contains(type)).findFirst();
  }
}
