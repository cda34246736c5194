package io.mestral.smartapi.syntax.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rewrites a JSON value in canonical form (RFC 8785) while it is read: arrays of any length pass
 * through, only objects whose names aren't in order are put in order.
 */
public final class CanonicalJson {
  private static final JsonText SHALLOW = new JsonText(16);

  private final JsonParser parser;
  private final int longest;
  private final StringBuilder out = new StringBuilder();

  private CanonicalJson(JsonParser parser, int longest) {
    this.parser = parser;
    this.longest = longest;
  }

  /**
   * The canonical form of the value at which a parser stands.
   *
   * @param parser stands at the value's first token, and at its last one afterwards
   * @param longest how many characters the form may have
   * @return the form
   * @throws IOException if the value isn't JSON
   * @throws SmartApiException of type TooLargeError if the form would be longer, ParseError if it
   *     has a number that no double can hold
   */
  public static String read(JsonParser parser, int longest) throws IOException {
    CanonicalJson canonical = new CanonicalJson(parser, longest);
    canonical.value(parser.currentToken());
    return canonical.out.toString();
  }

  /**
   * Says whether a text is JSON in canonical form.
   *
   * @param text any text
   * @return whether it is, and no deeper nested than 16
   */
  public static boolean isCanonical(String text) {
    try (JsonParser parser = SHALLOW.open(text.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        return false;
      }
      return read(parser, Integer.MAX_VALUE).equals(text) && parser.nextToken() == null;
    } catch (IOException | SmartApiException e) {
      return false; // a text may say anything
    }
  }

  /**
   * The canonical form of a value that isn't an array or object.
   *
   * @param kind which kind of value
   * @param text the text that a string means, or the number, or the literal name
   * @return the form
   * @throws SmartApiException of type ParseError if no double can hold the number
   */
  public static String of(JsonToken kind, String text) {
    return switch (kind) {
      case VALUE_STRING -> {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        append(quoted, text);
        yield quoted.toString();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumbers.canonical(text);
      default -> text;
    };
  }

  private void value(JsonToken token) throws IOException {
    switch (token) {
      case START_ARRAY -> array();
      case START_OBJECT -> object();
      case VALUE_STRING -> string(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      default -> out.append(parser.getText()); // true, false, null
    }
    if (out.length() > longest) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "A JSON literal has more than %d characters.".formatted(longest));
    }
  }

  private void array() throws IOException {
    out.append('[');
    boolean first = true;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      value(token);
    }
    out.append(']');
  }

  private record Member(String name, int start, int end) {}

  private void object() throws IOException {
    out.append('{');
    int start = out.length();
    List<Member> members = new ArrayList<>();
    boolean ordered = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!members.isEmpty()) {
        ordered &= members.get(members.size() - 1).name().compareTo(name) < 0;
        out.append(',');
      }
      int begin = out.length() - start;
      string(name);
      out.append(':');
      value(parser.nextToken());
      members.add(new Member(name, begin, out.length() - start));
    }
    if (!ordered) {
      order(start, members);
    }
    out.append('}');
  }

  private void order(int start, List<Member> members) {
    String unordered = out.substring(start);
    out.setLength(start);
    members.sort(Comparator.comparing(Member::name)); // by UTF-16 code units, as RFC 8785 wants
    for (Member member : members) {
      if (out.length() > start) {
        out.append(',');
      }
      out.append(unordered, member.start(), member.end());
    }
  }

  private void number() throws IOException {
    out.append(JsonNumbers.canonical(JsonText.number(parser)));
  }

  private void string(String text) {
    append(out, text);
  }

  private static void append(StringBuilder out, String text) {
    out.append('"');
    int copied = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= ' ' && c != '"' && c != '\\') {
        continue;
      }
      out.append(text, copied, at);
      copied = at + 1;
      int letter = "\b\t\n\f\r\"\\".indexOf(c);
      if (letter >= 0) {
        out.append('\\').append("btnfr\"\\".charAt(letter));
      } else {
        out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
      }
    }
    out.append(text, copied, text.length()).append('"');
  }
}
