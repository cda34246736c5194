package io.mestral.smartapi.syntax.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * JSON as bytes (RFC 8259): opened strictly, and with errors that say where. Names that occur twice
 * in an object are errors, for readers don't agree on which one counts.
 */
public final class JsonText {
  private final JsonFactory factory;

  /**
   * JSON with bounds.
   *
   * @param nesting how deep objects and arrays may stand in one another
   */
  public JsonText(int nesting) {
    factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(nesting)
                    .maxStringLength(Integer.MAX_VALUE) // the document's length is bounded
                    .build())
            .build();
  }

  /**
   * Opens a text.
   *
   * @param utf8 the text, checked before by {@link #check}
   * @return a parser before the first token
   * @throws IOException if the text doesn't begin as JSON does
   */
  public JsonParser open(byte[] utf8) throws IOException {
    return factory.createParser(utf8);
  }

  /**
   * Checks that a text is Unicode, in UTF-8.
   *
   * @param bytes the text
   * @throws SmartApiException of type ParseError if it isn't
   * @throws IOException if it isn't JSON
   */
  public void check(byte[] bytes) throws IOException {
    refuseOtherEncodings(bytes);
    boolean escaped = false;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] < 0) {
        checkUtf8(bytes, at);
        escaped |= hasEscapedSurrogates(bytes, at);
        break;
      }
      escaped |= isEscapedSurrogate(bytes, at);
    }
    if (escaped) {
      checkSurrogates(bytes);
    }
  }

  private static void refuseOtherEncodings(byte[] bytes) {
    for (int at = 0; at < Math.min(4, bytes.length); at++) {
      if (bytes[at] == 0) {
        throw new SmartApiException(
            ErrorType.PARSE_ERROR, "The document isn't in UTF-8; JSON-LD is always UTF-8.");
      }
    }
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    if (mark) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "The document begins with a byte order mark (EF BB BF); leave it out.");
    }
  }

  private static boolean isEscapedSurrogate(byte[] bytes, int at) {
    return bytes[at] == '\\'
        && at + 2 < bytes.length
        && bytes[at + 1] == 'u'
        && (bytes[at + 2] | 0x20) == 'd';
  }

  private static boolean hasEscapedSurrogates(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (isEscapedSurrogate(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static void checkUtf8(byte[] bytes, int from) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    if (!result.isError()) {
      return;
    }
    int line = 1;
    int column = 1;
    for (int at = 0; at < in.position(); at++) {
      column++;
      if (bytes[at] == '\n') {
        line++;
        column = 1;
      }
    }
    throw new SmartApiException(
        ErrorType.PARSE_ERROR,
        "The document isn't in UTF-8: line %d, byte %d of it.".formatted(line, column));
  }

  /** Half a surrogate pair can be written as an escape, and is no character. */
  private void checkSurrogates(byte[] bytes) throws IOException {
    try (JsonParser parser = open(bytes)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean text = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
        if (text && !isUnicode(parser.getText())) {
          throw parseError(
              "A text has half a surrogate pair, which is no character",
              parser.currentTokenLocation());
        }
      }
    }
  }

  /**
   * Says whether a text is Unicode.
   *
   * @param text any text
   * @return false if it has half a surrogate pair
   */
  public static boolean isUnicode(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isHighSurrogate(c)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The number at which a parser stands.
   *
   * @param parser stands at a number
   * @return the number as it is written
   * @throws IOException if it can't be read
   * @throws SmartApiException of type ParseError if no double can hold it
   */
  public static String number(JsonParser parser) throws IOException {
    String number = parser.getText();
    if (!JsonNumbers.isInRange(number)) {
      throw parseError(
          "The number " + shortened(number) + " is beyond what a double can hold",
          parser.currentTokenLocation());
    }
    return number;
  }

  /**
   * The beginning of a text, for messages.
   *
   * @param text any text
   * @return at most 60 characters of it
   */
  public static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /**
   * Something wrong at a place of the text.
   *
   * @param what a sentence without its full stop
   * @param where the place
   * @return the error
   */
  public static SmartApiException parseError(String what, JsonLocation where) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR,
        "%s (line %d, column %d).".formatted(what, where.getLineNr(), where.getColumnNr()));
  }

  /**
   * The parser's refusal as an error for whoever sent the text.
   *
   * @param refusal what the parser threw
   * @return the error, of type TooLargeError when one of the parser's bounds was passed
   */
  public static SmartApiException translate(IOException refusal) {
    if (refusal instanceof StreamConstraintsException) {
      return new SmartApiException(
          ErrorType.TOO_LARGE_ERROR, "The JSON is over a limit: " + refusal.getMessage(), refusal);
    }
    if (refusal instanceof JsonProcessingException malformed && malformed.getLocation() != null) {
      return new SmartApiException(
          ErrorType.PARSE_ERROR,
          "This isn't JSON: %s (line %d, column %d)."
              .formatted(
                  malformed.getOriginalMessage(),
                  malformed.getLocation().getLineNr(),
                  malformed.getLocation().getColumnNr()),
          refusal);
    }
    return new SmartApiException(
        ErrorType.PARSE_ERROR, "This isn't JSON: " + refusal.getMessage(), refusal);
  }
}
