package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.rdf.Iri;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON-LD context of the simple kind: prefixes, and terms with a type (JSON-LD 1.1, sections 4.1
 * to 4.2). It doesn't change.
 */
final class TermContext {
  /** The name of the context that this library carries. */
  static final String BUNDLED_IRI = "https://w3id.org/smartapi-edge/1.0/context.jsonld";

  /** The context in which nothing is defined, that of expanded form. */
  static final TermContext EMPTY = new TermContext(Map.of(), Map.of());

  private final Map<String, Property> terms;
  private final Map<String, String> prefixes;
  private final Map<String, Property> baseTerms;
  private final Map<String, String> basePrefixes;

  /**
   * A context.
   *
   * @param terms what each term stands for; prefixes are terms too
   * @param prefixes the IRIs of the terms that may stand before a colon
   */
  TermContext(Map<String, Property> terms, Map<String, String> prefixes) {
    this(terms, prefixes, Map.of(), Map.of());
  }

  private TermContext(
      Map<String, Property> terms,
      Map<String, String> prefixes,
      Map<String, Property> baseTerms,
      Map<String, String> basePrefixes) {
    this.terms = terms;
    this.prefixes = prefixes;
    this.baseTerms = baseTerms;
    this.basePrefixes = basePrefixes;
  }

  /**
   * This context with more. What was made here can't be the beginning of another one.
   *
   * @param more terms that aren't defined here
   * @param morePrefixes prefixes among them
   * @return the terms of both
   */
  TermContext with(Map<String, Property> more, Map<String, String> morePrefixes) {
    return more.isEmpty() ? this : new TermContext(more, morePrefixes, terms, prefixes);
  }

  /**
   * The context that this library carries.
   *
   * @return always the same one
   */
  static TermContext bundled() {
    return ContextReader.bundled();
  }

  /**
   * The bundled context as it is published.
   *
   * @return a JSON object with one member, {@code @context}
   */
  static byte[] bundledText() {
    return ContextReader.bundledText();
  }

  /**
   * The prefixes, without those of a context that this one is more than.
   *
   * @return prefix to IRI, in the order of the document
   */
  Map<String, String> prefixes() {
    return Collections.unmodifiableMap(prefixes);
  }

  /**
   * What a term stands for.
   *
   * @param name any text
   * @return its definition, or nothing when it isn't defined
   */
  Optional<Property> term(String name) {
    return Optional.ofNullable(definition(name));
  }

  /**
   * Expands a compact IRI (JSON-LD 1.1 API, section 5.2.2), terms being no IRIs.
   *
   * @param text a compact or an absolute IRI, or anything else
   * @return the IRI, or the text as it is when it has no prefix that is defined
   */
  String expand(String text) {
    int colon = text.indexOf(':', 1);
    if (colon < 0 || text.startsWith("//", colon + 1)) {
      return text;
    }
    String namespace = terms.isEmpty() ? null : namespace(text.substring(0, colon));
    return namespace == null ? text : namespace.concat(text.substring(colon + 1));
  }

  /**
   * The IRI that a text stands for where terms count: as a type, or a property.
   *
   * @param text a term, a compact IRI or an IRI
   * @return the IRI, or nothing when there is none and JSON-LD drops the text
   */
  Optional<Iri> vocabularyIri(String text) {
    Property term = definition(text);
    if (term != null) {
      return term.iri();
    }
    String iri = expand(text);
    return TermText.isUsable(iri) ? Optional.of(new Iri(iri)) : Optional.empty();
  }

  private Property definition(String term) {
    Property defined = terms.get(term);
    return defined == null ? baseTerms.get(term) : defined;
  }

  /** The IRI before a colon; null for what is no prefix. */
  private String namespace(String prefix) {
    String namespace = prefixes.get(prefix);
    return namespace == null ? basePrefixes.get(prefix) : namespace;
  }

  /**
   * Finds a prefix.
   *
   * @param text any text
   * @return what it stands for before a colon, or nothing
   */
  Optional<String> prefix(String text) {
    return Optional.ofNullable(namespace(text));
  }
}
