package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;

/**
 * Goes through a Turtle document before Jena does, which goes down the stack with each bracket:
 * refuses what is nested too deeply, and what begins a triple term or an annotation. Strings, IRIs
 * and comments are passed over as Jena's tokenizer does it; where it would stop, it may be wrong.
 */
final class Nesting {
  private final Text text;
  private final byte[] in;
  private final int most;

  private Nesting(Text text, int most) {
    this.text = text;
    this.in = text.bytes();
    this.most = most;
  }

  /**
   * Checks a document.
   *
   * @param text the document
   * @param most how deep brackets may stand in one another
   * @throws SmartApiException of type TooLargeError when it is nested more deeply, of type
   *     ParseError when it has what RDF 1.1 Turtle hasn't
   */
  static void check(Text text, int most) {
    new Nesting(text, most).check();
  }

  private void check() {
    int depth = 0;
    for (int at = text.start(); at < in.length; at++) {
      switch (in[at]) {
        case '[', '(' -> {
          if (++depth > most) {
            throw text.error(
                ErrorType.TOO_LARGE_ERROR,
                at,
                "Nodes are nested more than " + most + " deep, which is the most allowed.");
          }
        }
        case ']', ')' -> depth--;
        case '"', '\'' -> at = afterString(at) - 1;
        case '#' -> at = endOfLine(at);
        case '\\' -> at++;
        case '<' -> at = endOfIri(at);
        case '{', '}', '|', '~' ->
            throw text.error(
                ErrorType.PARSE_ERROR,
                at,
                "'%c' has no meaning here in RDF 1.1 Turtle.".formatted((char) in[at]));
        default -> {
          // inside a name, a number or white space
        }
      }
    }
  }

  private int endOfIri(int from) {
    if (from + 1 < in.length && in[from + 1] == '<') {
      throw text.error(
          ErrorType.PARSE_ERROR, from, "Triples about triples (\"<<\") aren't allowed.");
    }
    int at = from + 1;
    while (at < in.length && in[at] != '>') {
      at++;
    }
    return at;
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < in.length && in[at] != '\n' && in[at] != '\r') {
      at++;
    }
    return at;
  }

  private int afterString(int from) {
    byte quote = in[from];
    boolean isLong = isQuote(from + 1, quote) && isQuote(from + 2, quote);
    if (!isLong && isQuote(from + 1, quote)) {
      return from + 2;
    }
    for (int at = from + (isLong ? 3 : 1); at < in.length; at++) {
      if (in[at] == '\\') {
        at++;
      } else if (in[at] == quote) {
        if (!isLong) {
          return at + 1;
        }
        if (isQuote(at + 1, quote) && isQuote(at + 2, quote)) {
          return at + 3;
        }
      }
    }
    return in.length;
  }

  private boolean isQuote(int at, byte quote) {
    return at < in.length && in[at] == quote;
  }
}
