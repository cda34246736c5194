package io.mestral.smartapi.canonical;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;

/**
 * Terms as canonical N-Quads writes them (RDFC-1.0, section 5). What can't be written without
 * meaning something else, such as an IRI with an angle bracket, is refused: otherwise one signature
 * would do for two graphs.
 */
final class NQuadsText {
  private static final String REFUSED = "<>\"{}|^`\\";
  private static final String HEX = "0123456789ABCDEF";

  private NQuadsText() {}

  static void iri(StringBuilder text, Iri iri) {
    String value = iri.value();
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c <= ' ' || REFUSED.indexOf(c) >= 0 || isLoneSurrogate(value, at)) {
        throw new SmartApiException(
            ErrorType.SECURITY_ERROR,
            "The IRI %s has the character U+%04X, with which it has no canonical form."
                .formatted(shortened(value), (int) c));
      }
    }
    text.append('<').append(value).append('>');
  }

  static void literal(StringBuilder text, Literal literal) {
    text.append('"');
    escaped(text, literal.lexical());
    text.append('"');
    if (!literal.language().isEmpty()) {
      language(text, literal.language());
    } else if (!literal.datatype().equals(Xsd.STRING)) {
      text.append("^^");
      iri(text, literal.datatype());
    }
  }

  private static void language(StringBuilder text, String tag) {
    text.append('@');
    for (int at = 0; at < tag.length(); at++) {
      char c = tag.charAt(at);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!(letter || at > 0 && (c == '-' || c >= '0' && c <= '9'))) {
        throw new SmartApiException(
            ErrorType.SECURITY_ERROR,
            "\"" + shortened(tag) + "\" is no language tag, so it has no canonical form.");
      }
      text.append(c);
    }
  }

  private static void escaped(StringBuilder text, String lexical) {
    int done = 0;
    for (int at = 0; at < lexical.length(); at++) {
      char c = lexical.charAt(at);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        continue; // almost all characters
      }
      String escape = escape(lexical, at);
      if (escape != null) {
        text.append(lexical, done, at).append(escape);
        done = at + 1;
      }
    }
    text.append(lexical, done, lexical.length());
  }

  /** The escape of a character, or null where it stands for itself. */
  private static String escape(String lexical, int at) {
    char c = lexical.charAt(at);
    return switch (c) {
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      default -> {
        boolean written = c >= ' ' && c != 0x7F && c < 0xFFFE && !isLoneSurrogate(lexical, at);
        yield written ? null : numbered(c);
      }
    };
  }

  private static String numbered(char c) {
    return new StringBuilder("\\u")
        .append(HEX.charAt(c >> 12))
        .append(HEX.charAt(c >> 8 & 15))
        .append(HEX.charAt(c >> 4 & 15))
        .append(HEX.charAt(c & 15))
        .toString();
  }

  private static boolean isLoneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (!Character.isSurrogate(c)) {
      return false;
    }
    return Character.isHighSurrogate(c)
        ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
        : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
