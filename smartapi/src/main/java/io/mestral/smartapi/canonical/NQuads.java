package io.mestral.smartapi.canonical;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.BoundedGraph;
import io.mestral.smartapi.syntax.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads N-Quads of a default graph, which is what {@link Canonical} writes and encrypted parts
 * consist of (RDF 1.1 N-Quads). Named graphs are refused.
 */
public final class NQuads {
  private final String text;
  private final BoundedGraph graph;
  private final Map<String, Blank> blanks = new HashMap<>();
  private int at;
  private int line = 1;

  private NQuads(String text, Limits limits) {
    this.text = text;
    this.graph = new BoundedGraph(limits);
  }

  /**
   * Reads a document.
   *
   * @param bytes N-Quads or N-Triples in UTF-8; may be empty
   * @param limits what is taken
   * @return its triples, blank nodes being new ones
   * @throws SmartApiException of type ParseError if it is something else, with the line where, or
   *     TooLargeError if it is over a limit
   */
  public static Graph read(byte[] bytes, Limits limits) {
    if (bytes.length > limits.bytes()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The N-Quads have %d bytes, at most %d are allowed."
              .formatted(bytes.length, limits.bytes()));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new NQuads(text, limits).read();
    } catch (CharacterCodingException e) {
      throw new SmartApiException(ErrorType.PARSE_ERROR, "The N-Quads aren't UTF-8.", e);
    }
  }

  private Graph read() {
    while (skip() < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        at++;
        line += c == '\n' ? 1 : 0;
      } else if (c == '#') {
        comment();
      } else {
        statement();
      }
    }
    return graph.build();
  }

  private void statement() {
    Resource subject = resource("a subject is an IRI in angle brackets or a blank node");
    skip();
    Iri predicate = iri();
    skip();
    Term object =
        at < text.length() && text.charAt(at) == '"'
            ? literal()
            : resource("an object is an IRI in angle brackets, a blank node or a literal");
    skip();
    expect('.', "a statement is three terms and a full stop, graph names aren't taken");
    skip();
    if (at < text.length() && text.charAt(at) == '#') {
      comment();
    }
    if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      throw wrong("a statement ends with its line");
    }
    graph.add(subject, predicate, object);
  }

  private Resource resource(String allowed) {
    if (text.startsWith("_:", at)) {
      return blank();
    }
    if (at < text.length() && text.charAt(at) == '<') {
      return iri();
    }
    throw wrong(allowed);
  }

  private Blank blank() {
    int from = at;
    at += 2;
    while (at < text.length() && isLabel(text.charAt(at))) {
      at++;
    }
    while (text.charAt(at - 1) == '.') {
      at--; // the statement's end
    }
    if (at == from + 2) {
      throw wrong("a blank node has a label");
    }
    return blanks.computeIfAbsent(text.substring(from, at), added -> new Blank());
  }

  private static boolean isLabel(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || c == '_'
        || c == '-'
        || c == '.'
        || c == ':'
        || c == 0xB7;
  }

  private Iri iri() {
    expect('<', "an IRI stands in angle brackets");
    int from = at;
    StringBuilder changed = null;
    while (at < text.length() && text.charAt(at) != '>') {
      char c = text.charAt(at);
      if (c == '\\') {
        changed = changed == null ? new StringBuilder(text.substring(from, at)) : changed;
        escape(changed, false);
      } else if (c <= ' ' || "<\"{}|^`".indexOf(c) >= 0) {
        throw wrong("an IRI has no spaces, quotes or brackets");
      } else {
        at++;
        if (changed != null) {
          changed.append(c);
        }
      }
    }
    String value = changed == null ? text.substring(from, at) : changed.toString();
    expect('>', "an IRI ends with an angle bracket");
    if (!Iri.isAbsolute(value)) {
      throw wrong("an IRI is absolute");
    }
    return new Iri(value);
  }

  private Literal literal() {
    String lexical = quoted();
    if (at < text.length() && text.charAt(at) == '@') {
      int from = ++at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
        at++;
      }
      if (at == from) {
        throw wrong("a language tag has letters");
      }
      return Literal.inLanguage(lexical, text.substring(from, at));
    }
    if (!text.startsWith("^^", at)) {
      return Literal.of(lexical, Xsd.STRING);
    }
    at += 2;
    Iri datatype = iri();
    try {
      return Literal.of(lexical, datatype);
    } catch (IllegalArgumentException e) {
      throw wrong("text in a language has a tag");
    }
  }

  private String quoted() {
    int from = ++at;
    StringBuilder changed = null;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\\') {
        changed = changed == null ? new StringBuilder(text.substring(from, at)) : changed;
        escape(changed, true);
      } else if (c == '\n' || c == '\r') {
        throw wrong("a literal ends in its line");
      } else {
        at++;
        if (changed != null) {
          changed.append(c);
        }
      }
    }
    String lexical = changed == null ? text.substring(from, at) : changed.toString();
    expect('"', "a literal ends with a quote");
    return lexical;
  }

  private void escape(StringBuilder changed, boolean letters) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    int letter = "tbnrf\"'\\".indexOf(kind);
    if (kind == 'u' || kind == 'U') {
      int digits = kind == 'u' ? 4 : 8;
      changed.append(numbered(digits));
      at += 2 + digits;
    } else if (letters && letter >= 0) {
      changed.append("\t\b\n\r\f\"'\\".charAt(letter));
      at += 2;
    } else {
      throw wrong("no such escape is known here: \\" + kind);
    }
  }

  private String numbered(int digits) {
    try {
      if (at + 2 + digits <= text.length() && text.charAt(at + 2) != '+') {
        int codePoint = Integer.parseUnsignedInt(text, at + 2, at + 2 + digits, 16);
        if (Character.isValidCodePoint(codePoint)) {
          return Character.toString(codePoint);
        }
      }
    } catch (NumberFormatException e) {
      throw wrong("an escape has " + digits + " hexadecimal digits");
    }
    throw wrong("an escape is a character of Unicode, in " + digits + " hexadecimal digits");
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  private int skip() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  private void expect(char c, String allowed) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw wrong(allowed);
    }
    at++;
  }

  private SmartApiException wrong(String allowed) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR, "N-Quads, line " + line + ": " + allowed + ".");
  }
}
