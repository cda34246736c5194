package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonParser;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.json.JsonText;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  /**
   * A context.
   *
   * @param terms what each term stands for; prefixes are terms too
   * @param prefixes the IRIs of the terms that may stand before a colon
   */
  TermContext(Map<String, Property> terms, Map<String, String> prefixes) {
    this.terms = terms;
    this.prefixes = prefixes;
  }

  /**
   * The context that this library carries.
   *
   * @return always the same one
   */
  static TermContext bundled() {
    return Bundled.CONTEXT;
  }

  /**
   * The bundled context as it is published.
   *
   * @return a JSON object with one member, {@code @context}
   */
  static byte[] bundledText() {
    return Bundled.TEXT.clone();
  }

  /**
   * All terms.
   *
   * @return term to what it stands for, in the order of the document
   */
  Map<String, Property> terms() {
    return Collections.unmodifiableMap(terms);
  }

  /**
   * The prefixes.
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
    return Optional.ofNullable(terms.get(name));
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
    String namespace = prefixes.isEmpty() ? null : prefixes.get(text.substring(0, colon));
    return namespace == null ? text : namespace.concat(text.substring(colon + 1));
  }

  /**
   * The IRI that a text stands for where terms count: as a type, or a property.
   *
   * @param text a term, a compact IRI or an IRI
   * @return the IRI, or nothing when there is none and JSON-LD drops the text
   */
  Optional<Iri> vocabularyIri(String text) {
    Property term = terms.get(text);
    if (term != null) {
      return term.iri();
    }
    String iri = expand(text);
    return TermText.isUsable(iri) ? Optional.of(new Iri(iri)) : Optional.empty();
  }

  /** Read when it is first asked for. */
  private static final class Bundled {
    static final byte[] TEXT = text();
    static final TermContext CONTEXT = read();

    private static byte[] text() {
      try (InputStream file = Namespaces.class.getResourceAsStream("context.jsonld")) {
        return file.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("The library's JSON-LD context can't be read", e);
      }
    }

    private static TermContext read() {
      try (JsonParser parser = new JsonText(8).open(TEXT)) {
        parser.nextToken(); // the object
        parser.nextToken(); // its only name
        parser.nextToken();
        return ContextReader.read(parser);
      } catch (IOException e) {
        throw new UncheckedIOException("The library's JSON-LD context can't be read", e);
      }
    }
  }
}
