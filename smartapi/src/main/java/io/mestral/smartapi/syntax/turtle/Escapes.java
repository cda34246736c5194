package io.mestral.smartapi.syntax.turtle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Terms as both Turtle and N-Triples write them, in UTF-8 (RDF 1.1 Turtle, sections 2.4 to 2.6).
 * What no reader would take, such as a space in an IRI, is refused.
 */
final class Escapes {
  private static final int SHORT = 4096;

  /** What has to be escaped, and the letter that does it; 1 for what has none. */
  private static final byte[] ESCAPED = new byte[128];

  static {
    for (int c = 0; c < ' '; c++) {
      ESCAPED[c] = 1;
    }
    ESCAPED[0x7F] = 1;
    ESCAPED['\t'] = 't';
    ESCAPED['\b'] = 'b';
    ESCAPED['\n'] = 'n';
    ESCAPED['\r'] = 'r';
    ESCAPED['\f'] = 'f';
    ESCAPED['"'] = '"';
    ESCAPED['\\'] = '\\';
  }

  private final OutputStream out;
  private final byte[] buffer = new byte[SHORT];
  private int length;

  Escapes(OutputStream out) {
    this.out = out;
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  /** Writes text that is ASCII, as it is. */
  void ascii(String text) throws IOException {
    for (int at = 0; at < text.length(); at++) {
      octet(text.charAt(at));
    }
  }

  void octet(int c) throws IOException {
    if (length == SHORT) {
      flush();
    }
    buffer[length++] = (byte) c;
  }

  private void octets(byte[] bytes, int from, int to) throws IOException {
    int count = to - from;
    if (count > SHORT - length) {
      flush();
    }
    if (count > SHORT) {
      out.write(bytes, from, count);
    } else {
      System.arraycopy(bytes, from, buffer, length, count);
      length += count;
    }
  }

  /** Writes an IRI in angle brackets. */
  void iri(Iri iri) throws IOException {
    byte[] bytes = utf8(iri.value());
    boolean isIri = Iri.isAbsolute(iri.value());
    for (byte c : bytes) {
      isIri &= Characters.isIri(c);
    }
    if (!isIri) {
      throw refused(
          "The IRI " + excerpt(iri.value()) + " is relative or has a character too many.");
    }
    octet('<');
    octets(bytes, 0, bytes.length);
    octet('>');
  }

  /** Writes the lexical form of a literal in quotes. */
  void quoted(String lexical) throws IOException {
    byte[] bytes = utf8(lexical);
    octet('"');
    int run = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] >= 0 && ESCAPED[bytes[at]] != 0) {
        octets(bytes, run, at);
        escaped(bytes[at]);
        run = at + 1;
      }
    }
    octets(bytes, run, bytes.length);
    octet('"');
  }

  private void escaped(byte c) throws IOException {
    octet('\\');
    if (ESCAPED[c] == 1) {
      ascii("u%04X".formatted(c));
    } else {
      octet(ESCAPED[c]);
    }
  }

  /** Writes the language tag of a literal, if it has one; tells whether it has. */
  boolean language(Literal literal) throws IOException {
    String tag = literal.language();
    if (tag.isEmpty()) {
      return false;
    }
    if (!isTag(tag)) {
      throw refused("The language tag " + excerpt(tag) + " is none (BCP 47).");
    }
    octet('@');
    ascii(tag);
    return true;
  }

  /** Whether a literal without language needs its datatype said. */
  static boolean isTyped(Literal literal) {
    return !literal.datatype().equals(Xsd.STRING) && !literal.datatype().equals(Rdf.LANG_STRING);
  }

  private static boolean isTag(String tag) {
    int subtag = 0;
    boolean first = true;
    for (int at = 0; at < tag.length(); at++) {
      char c = tag.charAt(at);
      if (c == '-' && subtag > 0) {
        subtag = 0;
        first = false;
      } else if (c < 128 && (first ? Characters.isLetter(c) : Characters.isLetterOrDigit(c))) {
        subtag++;
      } else {
        return false;
      }
    }
    return subtag > 0;
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (mayHaveLost(text, bytes)) {
      for (int at = 0; at < text.length(); at++) {
        char c = text.charAt(at);
        boolean isPair =
            Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (Character.isSurrogate(c) && !isPair) {
          throw refused("There is half a character, U+%04X, in a text.".formatted((int) c));
        }
        at += isPair ? 1 : 0;
      }
    }
    return bytes;
  }

  /** Whether a question mark may stand for half a character: there is more than ASCII. */
  private static boolean mayHaveLost(String text, byte[] bytes) {
    if (bytes.length != text.length()) {
      return true;
    }
    for (byte c : bytes) {
      if (c == '?') {
        return true;
      }
    }
    return false;
  }

  private static String excerpt(String text) {
    return "<" + text.substring(0, Math.min(200, text.length())) + ">";
  }

  private static SmartApiException refused(String reason) {
    return new SmartApiException(
        ErrorType.SERVER_ERROR, reason + " No reader would take it, so it isn't written.");
  }
}
