package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Looks for the bundled context among those that a document names where it begins. */
final class ContextNames {
  private static final JsonFactory PARSERS = new JsonFactory();

  private ContextNames() {}

  /** Whether the node object that the document is, or one in its array, names it. */
  static boolean haveBundled(byte[] utf8) {
    try (JsonParser parser = PARSERS.createParser(utf8)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        return ofObject(parser);
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (ofObject(parser)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("a document that was read before", e);
    }
  }

  private static boolean ofObject(JsonParser parser) throws IOException {
    boolean has = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean context = parser.currentName().equals("@context");
      JsonToken value = parser.nextToken();
      if (context && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          has |= isBundled(parser);
          parser.skipChildren();
        }
      } else {
        has |= context && isBundled(parser);
        parser.skipChildren();
      }
    }
    return has;
  }

  private static boolean isBundled(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        && parser.getText().equals(TermContext.BUNDLED_IRI);
  }
}
