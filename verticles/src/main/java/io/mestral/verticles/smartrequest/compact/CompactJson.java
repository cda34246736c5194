package io.mestral.verticles.smartrequest.compact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON as the compact form has it: bounded, with exact numbers, and every member known. */
final class CompactJson {
  /** The member by which the form is known, and its version there. */
  static final String MARK = "mestral";

  static final int VERSION = 1;
  static final int LONGEST = 256 * 1024;
  static final int LONGEST_TEXT = 4_096;
  static final int LONGEST_IRI = 1_024;
  static final int LONGEST_NAME = 64;

  private static final int DEPTH = 8;
  private static final int MOST_DIGITS = 100;
  private static final int HIGHEST_EXPONENT = 400;
  private static final String SHUT_OUT = "<>\"{}|^`\\";
  private static final JsonText TEXT = new JsonText(DEPTH);
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private CompactJson() {}

  /** An empty object with the mark. */
  static ObjectNode marked() {
    return MAPPER.createObjectNode().put(MARK, VERSION);
  }

  /**
   * Whether these bytes are in the form, or were to be: a JSON object with the mark, or one that
   * breaks before it can be told.
   *
   * @param otherwise what holds of an object that breaks
   */
  static boolean isMarked(byte[] bytes, boolean otherwise) {
    int at = 0;
    while (at < bytes.length && Character.isWhitespace(bytes[at])) at++;
    if (at == bytes.length || bytes[at] != '{') return false;
    try (JsonParser parser = TEXT.open(bytes)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (name.equals(MARK)) return true;
        if (name.startsWith("@")) return false;
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    } catch (IOException broken) {
      return otherwise;
    }
  }

  /**
   * Reads a message.
   *
   * @throws SmartApiException of type ParseError if it isn't one in this form, TooLargeError if it
   *     is too long
   */
  static ObjectNode read(byte[] bytes) {
    if (bytes.length > LONGEST)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "A message in the compact form has %d bytes; %d are the most."
              .formatted(bytes.length, LONGEST));
    JsonNode read;
    try (JsonParser parser = TEXT.open(bytes)) {
      TEXT.check(bytes);
      read = MAPPER.readTree(parser);
      if (parser.nextToken() != null) throw fault("behind its end something follows");
    } catch (IOException broken) {
      throw JsonText.translate(broken);
    }
    if (!(read instanceof ObjectNode message)) throw fault("it isn't a JSON object");
    JsonNode mark = message.path(MARK);
    if (!mark.isIntegralNumber() || mark.intValue() != VERSION)
      throw fault("\"%s\" is %s, and only %d is known".formatted(MARK, excerpt(mark), VERSION));
    return message;
  }

  static SmartApiException fault(String what) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR, "A message in the compact form can't be read: " + what + ".");
  }

  static String excerpt(JsonNode node) {
    return node.isMissingNode() ? "not there" : JsonText.shortened(node.toString());
  }

  /** Refuses members that the form doesn't have, so that a slip of the pen is seen. */
  static void only(JsonNode object, String where, Set<String> known) {
    for (Map.Entry<String, JsonNode> one : object.properties())
      if (!known.contains(one.getKey()))
        throw fault(
            "%s has the member \"%s\"; there are %s"
                .formatted(
                    where, JsonText.shortened(one.getKey()), known.stream().sorted().toList()));
  }

  /** The members of an object; none when it isn't there. */
  static List<Map.Entry<String, JsonNode>> members(JsonNode object, String where, int most) {
    if (object.isMissingNode()) return List.of();
    if (!object.isObject()) throw fault(where + " is no object: " + excerpt(object));
    if (object.size() > most)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "%s has %d members; %d are the most.".formatted(where, object.size(), most));
    return new ArrayList<>(object.properties());
  }

  /** A text; empty when it isn't there. */
  static Optional<String> text(JsonNode object, String member) {
    JsonNode there = object.path(member);
    if (there.isMissingNode()) return Optional.empty();
    if (!there.isTextual()) throw fault("\"%s\" is no text: %s".formatted(member, excerpt(there)));
    return Optional.of(bounded(there.textValue(), member));
  }

  private static String bounded(String text, String where) {
    if (text.length() > LONGEST_TEXT)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "\"%s\" has %d characters; %d are the most."
              .formatted(where, text.length(), LONGEST_TEXT));
    return text;
  }

  static Optional<BigDecimal> number(JsonNode object, String member) {
    JsonNode there = object.path(member);
    if (there.isMissingNode()) return Optional.empty();
    if (!there.isNumber()) throw fault("\"%s\" is no number: %s".formatted(member, excerpt(there)));
    return Optional.of(bounded(there));
  }

  static Optional<Instant> moment(JsonNode object, String member) {
    try {
      return text(object, member).map(Instant::parse);
    } catch (DateTimeParseException other) {
      throw fault(
          "\"%s\" is %s, and such a moment is wanted: 2026-11-23T12:00:00Z"
              .formatted(member, excerpt(object.path(member))));
    }
  }

  /** An absolute IRI; nothing that couldn't be written down again. */
  static Iri iri(String text, String where) {
    boolean isGood = Iri.isAbsolute(text) && text.length() <= LONGEST_IRI;
    for (int at = 0; at < text.length(); at++)
      isGood &= text.charAt(at) > ' ' && SHUT_OUT.indexOf(text.charAt(at)) < 0;
    if (!isGood || !JsonText.isUnicode(text))
      throw fault("%s is no IRI: %s".formatted(where, JsonText.shortened(text)));
    return new Iri(text);
  }

  /** Whether a text is a plain name: letters, digits and {@code - . _ ~}. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || "-._~".indexOf(c) >= 0);
  }

  static String name(String text, String where) {
    if (!isName(text))
      throw fault(
          "%s is called \"%s\"; up to %d letters, digits and - . _ ~ are allowed"
              .formatted(where, JsonText.shortened(text), LONGEST_NAME));
    return text;
  }

  /** A number, a truth value or a text. */
  static Literal literal(JsonNode value, String where) {
    if (value.isBoolean()) return Literal.of(value.booleanValue());
    if (value.isTextual()) return Literal.of(bounded(value.textValue(), where));
    if (value.isNumber()) return Literal.of(bounded(value));
    throw fault(
        "%s is %s; a number, a text, true or false is wanted".formatted(where, excerpt(value)));
  }

  private static BigDecimal bounded(JsonNode number) {
    BigDecimal value = number.decimalValue();
    if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > HIGHEST_EXPONENT)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "A number has %d digits and the exponent %d; %d digits and exponents to %d are the most."
              .formatted(value.precision(), -(long) value.scale(), MOST_DIGITS, HIGHEST_EXPONENT));
    return value;
  }
}
