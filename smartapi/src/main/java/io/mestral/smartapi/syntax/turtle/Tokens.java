package io.mestral.smartapi.syntax.turtle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens of a Turtle document, as far as the fast path knows them (RDF 1.1 Turtle, section
 * 6.5): names are ASCII without escapes, IRIs absolute without escapes. A token begins where {@link
 * #skip} stopped.
 */
final class Tokens {
  private static final int NONE = -1;
  private static final int CACHED = 256;
  private static final int MOST_PREFIXES = 64;

  private final byte[] in;
  private final boolean isAscii;
  private final Strings strings;
  private int at;

  /** The IRIs met last, by the hash of how they were written; one that is overwritten is remade. */
  private final Iri[] cached = new Iri[CACHED];

  private final int[] cachedFrom = new int[CACHED];
  private final int[] cachedTo = new int[CACHED];

  private final Map<String, String> prefixes = new HashMap<>();
  private final Map<String, Blank> blanks = new HashMap<>();

  Tokens(Text text) {
    in = text.bytes();
    isAscii = text.isAscii();
    strings = new Strings(in, isAscii);
    at = text.start();
  }

  /**
   * Passes over white space and comments.
   *
   * @return the byte after them, which the next token begins with; -1 at the end
   */
  int skip() {
    while (at < in.length) {
      int c = in[at];
      if (c == '#') {
        passComment();
      } else if (Characters.isSpace(c)) {
        at++;
      } else {
        return c & 0xFF;
      }
    }
    return NONE;
  }

  /** Passes over the byte that {@link #skip} told. */
  void pass() {
    at++;
  }

  /** Passes over white space, comments and a byte that has to be there. */
  void expect(int c) throws Doubt {
    if (skip() != c) {
      throw Doubt.here();
    }
    at++;
  }

  private void passComment() {
    while (at < in.length && in[at] != '\n' && in[at] != '\r') {
      at++;
    }
  }

  private int peek(int ahead) {
    return at + ahead < in.length ? in[at + ahead] : NONE;
  }

  /** Whether a word such as {@code true} stands here, and nothing of a name behind it. */
  private boolean isWord(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek(i) != word.charAt(i)) {
        return false;
      }
    }
    int next = peek(word.length());
    boolean isDot = next == '.' && isEndOfName(peek(word.length() + 1));
    return isDot || next != '.' && isEndOfName(next);
  }

  /** Whether a name can't go on with this; bytes from 0x80 on and what is escaped may. */
  private static boolean isEndOfName(int c) {
    return c == NONE || c >= 0 && !Characters.isName(c) && "\\%:.".indexOf(c) < 0;
  }

  /** {@code @prefix}, {@code PREFIX} or none: whether one was there, and was noted. */
  boolean prefix(int first) throws Doubt {
    if (first == '@') {
      if (!isWord("@prefix")) {
        throw Doubt.here();
      }
      at += "@prefix".length();
      declare();
      expect('.');
      return true;
    }
    if (isWord("PREFIX") || isWord("prefix")) {
      at += "PREFIX".length();
      declare();
      return true;
    }
    return false;
  }

  private void declare() throws Doubt {
    skip();
    int from = at;
    passPrefix();
    String prefix = string(from, at);
    at++;
    if (skip() != '<') {
      throw Doubt.here();
    }
    String former = prefixes.put(prefix, bracketed().value());
    boolean renamed = former != null && !former.equals(prefixes.get(prefix));
    if (renamed || prefixes.size() > MOST_PREFIXES) {
      throw Doubt.here();
    }
  }

  /** Goes to the colon after a prefix. */
  private void passPrefix() throws Doubt {
    if (peek(0) != ':' && !Characters.isLetter(peek(0))) {
      throw Doubt.here();
    }
    while (Characters.isName(peek(0)) || peek(0) == '.') {
      at++;
    }
    if (peek(0) != ':' || at > 0 && in[at - 1] == '.') {
      throw Doubt.here();
    }
  }

  /** An IRI in brackets, or a name with a prefix. */
  Iri iri(int first) throws Doubt {
    return first == '<' ? bracketed() : named();
  }

  private Iri bracketed() throws Doubt {
    int from = at;
    int hash = 0;
    int to = from + 1;
    while (to < in.length && Characters.isIri(in[to])) {
      hash = 31 * hash + in[to++];
    }
    if (to == in.length || in[to] != '>') {
      throw Doubt.here();
    }
    at = to + 1;
    int slot = hash & CACHED - 1;
    if (isCached(slot, from, to)) {
      return cached[slot];
    }
    String value = string(from + 1, to);
    if (!Iri.isAbsolute(value)) {
      throw Doubt.here();
    }
    return cache(slot, from, to, new Iri(value));
  }

  private Iri named() throws Doubt {
    int from = at;
    passPrefix();
    int colon = at;
    int hash = in[from];
    int to = colon + 1;
    boolean isPoint = to < in.length && in[to] == '.' && !isEndOfName(peek(2));
    if (isPoint || to < in.length && in[to] == '-') {
      throw Doubt.here();
    }
    while (to < in.length && (Characters.isName(in[to]) || in[to] == ':' || in[to] == '.')) {
      hash = 31 * hash + in[to++];
    }
    if (in[to - 1] == '.') { // ends the statement, if it is one point, and no name begins with it
      to--;
      hash = -1;
      if (in[to - 1] == '.') {
        throw Doubt.here();
      }
    } else if (to < in.length && (in[to] < 0 || in[to] == '\\' || in[to] == '%')) {
      throw Doubt.here();
    }
    at = to;
    int slot = hash & CACHED - 1;
    if (isCached(slot, from, to)) {
      return cached[slot];
    }
    String namespace = prefixes.get(string(from, colon));
    if (namespace == null) {
      throw Doubt.here();
    }
    return cache(slot, from, to, new Iri(namespace.concat(string(colon + 1, to))));
  }

  private boolean isCached(int slot, int from, int to) {
    return cached[slot] != null
        && Arrays.equals(in, from, to, in, cachedFrom[slot], cachedTo[slot]);
  }

  private Iri cache(int slot, int from, int to, Iri iri) {
    cached[slot] = iri;
    cachedFrom[slot] = from;
    cachedTo[slot] = to;
    return iri;
  }

  /** Whether the predicate {@code a} stands here; then it is passed over. */
  boolean isA() {
    if (peek(0) == 'a' && isEndOfName(peek(1))) {
      at++;
      return true;
    }
    return false;
  }

  /** A blank node by its label. */
  Blank blank() throws Doubt {
    int from = at + 2;
    if (peek(1) != ':' || !Characters.isName(peek(2)) || peek(2) == '-') {
      throw Doubt.here();
    }
    at = from;
    while (Characters.isName(peek(0)) || peek(0) == '.') {
      at++;
    }
    if (in[at - 1] == '.') {
      at--;
      if (in[at - 1] == '.') {
        throw Doubt.here();
      }
    } else if (at < in.length && in[at] < 0) {
      throw Doubt.here();
    }
    return blanks.computeIfAbsent(string(from, at), added -> new Blank());
  }

  /** A truth value, or nothing where another word stands. */
  Literal truth() {
    if (isWord("true")) {
      at += "true".length();
      return Literal.of(true);
    }
    if (isWord("false")) {
      at += "false".length();
      return Literal.of(false);
    }
    return null;
  }

  /** A number without quotes; its lexical form stays as it is written. */
  Literal number() throws Doubt {
    int from = at;
    if (peek(0) == '+' || peek(0) == '-') {
      at++;
    }
    int digits = digits();
    Iri datatype = Xsd.INTEGER;
    if (peek(0) == '.' && (Characters.isDigit(peek(1)) || isExponent(peek(1)))) {
      at++;
      int decimals = digits();
      digits += decimals;
      datatype = Xsd.DECIMAL;
      if (decimals == 0 && !isExponent(peek(0))) {
        throw Doubt.here();
      }
    }
    if (digits == 0) {
      throw Doubt.here();
    }
    if (isExponent(peek(0))) {
      at++;
      if (peek(0) == '+' || peek(0) == '-') {
        at++;
      }
      if (digits() == 0) {
        throw Doubt.here();
      }
      datatype = Xsd.DOUBLE;
    }
    boolean isDot = peek(0) == '.' && (peek(1) == NONE || Characters.isSpace(peek(1)));
    if (!isDot && peek(0) != NONE && !Characters.isSpace(peek(0)) && !isMark(peek(0))) {
      throw Doubt.here();
    }
    return Literal.of(string(from, at), datatype);
  }

  private static boolean isExponent(int c) {
    return c == 'e' || c == 'E';
  }

  private static boolean isMark(int c) {
    return c == ';' || c == ',' || c == ')' || c == ']' || c == '#';
  }

  private int digits() {
    int from = at;
    while (Characters.isDigit(peek(0))) {
      at++;
    }
    return at - from;
  }

  /** A literal in quotes that aren't three in a row. */
  Literal quotedOnce() throws Doubt {
    if (peek(1) == '"' && peek(2) == '"') {
      throw Doubt.here();
    }
    return quoted();
  }

  /** A literal in quotes, with its language or datatype. */
  Literal quoted() throws Doubt {
    String lexical = strings.read(at);
    at = strings.end();
    if (peek(0) == '@') {
      return Literal.inLanguage(lexical, tag());
    }
    if (peek(0) == '^') {
      if (peek(1) != '^') {
        throw Doubt.here();
      }
      at += 2;
      Iri datatype = iri(peek(0));
      if (datatype.equals(Rdf.LANG_STRING)) {
        throw Doubt.here();
      }
      return Literal.of(lexical, datatype);
    }
    return Literal.of(lexical);
  }

  private String tag() throws Doubt {
    int from = ++at;
    while (Characters.isLetter(peek(0))) {
      at++;
    }
    boolean isNone = at == from;
    while (peek(0) == '-' && !isNone) {
      int subtag = ++at;
      while (Characters.isLetterOrDigit(peek(0))) {
        at++;
      }
      isNone = at == subtag;
    }
    if (isNone || !isEndOfName(peek(0)) && peek(0) != '.') {
      throw Doubt.here();
    }
    return string(from, at);
  }

  private String string(int from, int to) {
    return new String(in, from, to - from, isAscii ? ISO_8859_1 : UTF_8);
  }
}
