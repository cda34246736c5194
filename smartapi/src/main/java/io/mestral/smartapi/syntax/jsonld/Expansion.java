package io.mestral.smartapi.syntax.jsonld;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.json.JsonText;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Expands JSON-LD of any kind by the JSON-LD library (JSON-LD 1.1 API, section 5.1), which works on
 * trees: so only of documents that are short (Smart API, section 4.5). Contexts are in the document
 * or are the bundled one; nothing is fetched.
 */
final class Expansion {
  private static final int LONGEST_DOCUMENT = 1 << 20;
  private static final int LONGEST_ARRAY = 2_000;
  private static final Duration LONGEST_TIME = Duration.ofSeconds(10);
  private static final JsonProvider JSON = JsonProvider.provider();
  private static final JsonFactory GENERATORS = new JsonFactory();

  private final JsonText text;

  /**
   * An expander.
   *
   * @param text opens documents, with a bound for nesting
   */
  Expansion(JsonText text) {
    this.text = text;
  }

  /**
   * Expands a document.
   *
   * @param utf8 the document
   * @param why what the one-pass reader doesn't know, for the error when the document is too long
   * @return the document in expanded form, {@code @id} before other members of a node
   * @throws IOException if it isn't JSON
   * @throws SmartApiException of type ParseError if it isn't JSON-LD or names an unknown context,
   *     TooLargeError if it is too long or takes too long
   */
  byte[] expand(byte[] utf8, String why) throws IOException {
    if (utf8.length > LONGEST_DOCUMENT) {
      throw tooLarge("at most %d bytes".formatted(LONGEST_DOCUMENT), why);
    }
    JsonStructure document = tree(utf8, why);
    JsonLdOptions options = new JsonLdOptions((url, load) -> load(url));
    options.setTimeout(LONGEST_TIME);
    try {
      return write(JsonLd.expand(JsonDocument.of(document)).options(options).get());
    } catch (JsonLdError e) {
      throw translate(e, why);
    } catch (SmartApiException e) {
      throw e;
    } catch (RuntimeException e) { // such as for an IRI of the form of a keyword
      throw new SmartApiException(
          ErrorType.PARSE_ERROR, "This isn't JSON-LD: the expansion failed with " + e + ".", e);
    } catch (StackOverflowError e) { // terms defined by terms defined by terms: no limit of theirs
      throw tooLarge("fewer terms defined by one another", why);
    }
  }

  private static SmartApiException tooLarge(String allowed, String why) {
    return new SmartApiException(
        ErrorType.TOO_LARGE_ERROR,
        "JSON-LD of this kind (%s) may have %s; use the context %s, or send the message as Turtle."
            .formatted(why, allowed, TermContext.BUNDLED_IRI));
  }

  private static SmartApiException translate(JsonLdError error, String why) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SmartApiException ours) {
        return ours;
      }
    }
    if (error.getCode() == JsonLdErrorCode.PROCESSING_TIMEOUT_EXCEEDED) {
      return tooLarge("nothing that takes more than %d s".formatted(LONGEST_TIME.toSeconds()), why);
    }
    return new SmartApiException(
        ErrorType.PARSE_ERROR,
        "This isn't JSON-LD: %s (%s).".formatted(error.getMessage(), error.getCode()),
        error);
  }

  private static Document load(URI url) throws JsonLdError {
    if (!url.toString().equals(TermContext.BUNDLED_IRI)) {
      throw ContextReader.unknown(url.toString());
    }
    return JsonDocument.of(new ByteArrayInputStream(TermContext.bundledText()));
  }

  private JsonStructure tree(byte[] utf8, String why) throws IOException {
    try (JsonParser parser = text.open(utf8)) {
      parser.nextToken();
      JsonValue root = value(parser, why);
      if (parser.nextToken() != null) {
        throw JsonText.parseError(
            "There is more after the end of the document", parser.currentTokenLocation());
      }
      return (JsonStructure) root;
    }
  }

  private static JsonValue value(JsonParser parser, String why) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, why);
      case START_ARRAY -> array(parser, LONGEST_ARRAY, why);
      case VALUE_STRING -> JSON.createValue(parser.getText());
      case VALUE_NUMBER_INT -> JSON.createValue(new BigInteger(JsonText.number(parser)));
      case VALUE_NUMBER_FLOAT -> JSON.createValue(new BigDecimal(JsonText.number(parser)));
      case VALUE_TRUE -> JsonValue.TRUE;
      case VALUE_FALSE -> JsonValue.FALSE;
      default -> JsonValue.NULL;
    };
  }

  private static JsonObject object(JsonParser parser, String why) throws IOException {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING && name.equals("@language")) {
        object.add(name, TagCase.lower(parser.getText()));
        continue;
      }
      boolean literal = token == JsonToken.START_ARRAY && name.equals("@value"); // a JSON literal
      object.add(name, literal ? array(parser, Integer.MAX_VALUE, why) : value(parser, why));
    }
    return object.build();
  }

  private static JsonArray array(JsonParser parser, int longest, String why) throws IOException {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++length > longest) {
        throw tooLarge("lists of at most %d items".formatted(longest), why);
      }
      array.add(value(parser, why));
    }
    return array.build();
  }

  private static byte[] write(JsonArray expanded) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = GENERATORS.createGenerator(bytes)) {
      write(expanded, generator);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonValue value, JsonGenerator to) throws IOException {
    switch (value.getValueType()) {
      case OBJECT -> write(value.asJsonObject(), to);
      case ARRAY -> {
        to.writeStartArray();
        for (JsonValue item : value.asJsonArray()) {
          write(item, to);
        }
        to.writeEndArray();
      }
      case STRING -> to.writeString(((JsonString) value).getString());
      case NUMBER -> to.writeNumber(((JsonNumber) value).toString());
      case TRUE, FALSE -> to.writeBoolean(value == JsonValue.TRUE);
      default -> to.writeNull();
    }
  }

  private static void write(JsonObject object, JsonGenerator to) throws IOException {
    to.writeStartObject();
    if (object.containsKey("@id")) {
      to.writeFieldName("@id");
      write(object.get("@id"), to);
    }
    for (Map.Entry<String, JsonValue> member : object.entrySet()) {
      if (!member.getKey().equals("@id")) {
        to.writeFieldName(member.getKey());
        if (member.getKey().equals("@language") && member.getValue() instanceof JsonString tag) {
          to.writeString(TagCase.written(tag.getString()));
        } else {
          write(member.getValue(), to);
        }
      }
    }
    to.writeEndObject();
  }
}
