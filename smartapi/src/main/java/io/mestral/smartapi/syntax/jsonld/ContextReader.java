package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.json.JsonText;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a context of the simple kind: the name of the bundled one, an object of prefixes and of
 * terms with {@code @id} and {@code @type}, or an array of those. Anything else is {@link
 * NotSimple}, except a context that would have to be fetched.
 */
final class ContextReader {
  private static final int LONGEST_CHAIN = 16; // of terms that are defined by terms

  /** A definition as it stands in the document; {@code type} is empty when there is none. */
  private record Definition(String id, String type, boolean simple) {}

  private TermContext base = TermContext.EMPTY;
  private Map<String, Definition> local = Map.of();
  private final Map<String, Property> terms = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new LinkedHashMap<>();
  private final Set<String> begun = new LinkedHashSet<>();
  private final Set<String> defined = new LinkedHashSet<>();

  private final boolean original;

  private ContextReader(boolean original) {
    this.original = original;
  }

  /**
   * Reads the value of {@code @context}.
   *
   * @param parser stands at the value's first token, and at its last one afterwards
   * @return the context
   * @throws IOException if this isn't JSON
   * @throws NotSimple if the context needs more of JSON-LD
   * @throws SmartApiException of type ParseError if it isn't in the document
   */
  static TermContext read(JsonParser parser) throws IOException {
    ContextReader reader = new ContextReader(false);
    switch (parser.currentToken()) {
      case VALUE_STRING -> {
        return named(parser.getText());
      }
      case START_OBJECT -> reader.object(parser);
      case START_ARRAY -> reader.array(parser);
      default -> throw new NotSimple("its @context is " + parser.getText());
    }
    return reader.base.with(reader.terms, reader.prefixes);
  }

  /**
   * The context with a name.
   *
   * @param name a text where a context may stand
   * @return the bundled one
   * @throws SmartApiException of type ParseError if another one is named
   */
  static TermContext named(String name) {
    if (name.equals(TermContext.BUNDLED_IRI)) {
      return TermContext.bundled();
    }
    throw unknown(name);
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
   * The answer to a context that would have to be fetched.
   *
   * @param name its IRI
   * @return the error
   */
  static SmartApiException unknown(String name) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR,
        "The context \"%s\" isn't known here, and contexts are never fetched: write it into the document, or name %s."
            .formatted(JsonText.shortened(name), TermContext.BUNDLED_IRI));
  }

  private void array(JsonParser parser) throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        add(named(parser.getText()));
      } else if (token == JsonToken.START_OBJECT) {
        object(parser);
      } else {
        throw new NotSimple("its @context has " + parser.getText() + " in it");
      }
    }
  }

  /** The bundled context is adopted as a whole where it comes first, as it does. */
  private void add(TermContext other) {
    if (terms.isEmpty()) {
      base = other;
    } else if (base != other) {
      throw new NotSimple("its @context names another one after definitions");
    }
  }

  private void object(JsonParser parser) throws IOException {
    local = new LinkedHashMap<>(256);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String term = parser.currentName();
      parser.nextToken();
      if (term.equals("@version")) {
        version(parser);
      } else {
        local.put(checked(term), definition(parser, term));
      }
    }
    if (!original && local.equals(Bundled.READER.local)) { // as in most documents that have it
      add(Bundled.CONTEXT);
      return;
    }
    defined.clear();
    for (String term : local.keySet()) {
      define(term);
    }
  }

  private static void version(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric() || parser.getDoubleValue() != 1.1) {
      throw new NotSimple("its @context is of another @version");
    }
  }

  private static String checked(String term) {
    if (term.isBlank() || term.startsWith("@") || term.endsWith(":") || term.indexOf('/') >= 0) {
      throw new NotSimple("its @context has " + JsonText.shortened(term));
    }
    return term;
  }

  private static Definition definition(JsonParser parser, String term) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return new Definition(parser.getText(), "", true);
    }
    String id = "";
    String type = "";
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
        if (text && member.equals("@id")) {
          id = parser.getText();
        } else if (text && member.equals("@type") && !parser.getText().isEmpty()) {
          type = parser.getText();
        } else {
          throw needsMore(term);
        }
      }
    }
    if (id.isEmpty()) {
      throw needsMore(term);
    }
    return new Definition(id, type, false);
  }

  private static NotSimple needsMore(String term) {
    return new NotSimple("its @context defines " + JsonText.shortened(term) + " in detail");
  }

  private void define(String term) {
    if (defined.contains(term)) {
      return;
    }
    Definition definition = local.get(term);
    if (!begun.add(term) || begun.size() > LONGEST_CHAIN) {
      throw needsMore(term);
    }
    String iri = expand(definition.id(), term);
    if (!TermText.isUri(iri) || !TermText.isUsable(iri) || iri.startsWith("@")) {
      throw needsMore(term);
    }
    boolean compact = term.indexOf(':') >= 0;
    boolean sameAsId = definition.id().equals(term);
    if (compact && !sameAsId && !expand(term, term).equals(iri)) {
      throw needsMore(term);
    }
    if (sameAsId && !compact) {
      throw needsMore(term);
    }
    define(term, new Property(Optional.of(new Iri(iri)), isId(definition), type(term)));
    if (definition.simple() && !compact && isPrefix(iri)) {
      prefixes.put(term, iri);
    }
    begun.remove(term);
    defined.add(term);
  }

  private void define(String term, Property property) {
    if (isTerm(term)) {
      if (!base.term(term).orElseGet(() -> terms.get(term)).equals(property)) {
        throw new NotSimple("the term " + JsonText.shortened(term) + " is defined anew");
      }
    } else {
      terms.put(term, property);
    }
  }

  private boolean isTerm(String text) {
    return terms.containsKey(text) || base.term(text).isPresent();
  }

  private static boolean isId(Definition definition) {
    return definition.type().equals("@id");
  }

  private Optional<Iri> type(String term) {
    String type = local.get(term).type();
    if (type.isEmpty() || type.equals("@id")) {
      return Optional.empty();
    }
    String iri = expand(type, term);
    if (!TermText.isUri(iri) || !TermText.isUsable(iri)) {
      throw needsMore(term);
    }
    return Optional.of(new Iri(iri));
  }

  private static boolean isPrefix(String iri) {
    return ":/?#[]@".indexOf(iri.charAt(iri.length() - 1)) >= 0
        && TermText.isUri(iri.substring(0, iri.length() - 1));
  }

  /** Expands what stands in a definition, after defining the prefix that it uses. */
  private String expand(String text, String term) {
    boolean isTerm = local.containsKey(text) || isTerm(text);
    int colon = text.indexOf(':', 1);
    if (colon < 0 || text.startsWith("@") || isTerm && !text.equals(term)) {
      throw needsMore(term);
    }
    if (text.startsWith("//", colon + 1)) {
      return text;
    }
    String prefix = text.substring(0, colon);
    if (local.containsKey(prefix)) {
      define(prefix);
    }
    Optional<String> namespace =
        base.prefix(prefix).or(() -> Optional.ofNullable(prefixes.get(prefix)));
    if (namespace.isEmpty() && (local.containsKey(prefix) || isTerm(prefix))) {
      throw needsMore(term);
    }
    return namespace.map(iri -> iri.concat(text.substring(colon + 1))).orElse(text);
  }

  /** The bundled context, read when it is first asked for. */
  private static final class Bundled {
    static final byte[] TEXT = text();
    static final ContextReader READER = read();
    static final TermContext CONTEXT = new TermContext(READER.terms, READER.prefixes);

    private static byte[] text() {
      try (InputStream file = Namespaces.class.getResourceAsStream("context.jsonld")) {
        return file.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("The library's JSON-LD context can't be read", e);
      }
    }

    private static ContextReader read() {
      try (JsonParser parser = new JsonText(8).open(TEXT)) {
        parser.nextToken(); // the object
        parser.nextToken(); // its only name
        parser.nextToken();
        ContextReader reader = new ContextReader(true);
        reader.object(parser);
        return reader;
      } catch (IOException e) {
        throw new UncheckedIOException("The library's JSON-LD context can't be read", e);
      }
    }
  }
}
