package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonParser;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;

/**
 * Reads JSON-LD 1.1 (Smart API, section 2.1, rules 4 and 5). It never fetches a context: the
 * context is in the document, or it is the one that this library carries, {@code
 * https://w3id.org/smartapi-edge/1.0/context.jsonld}.
 *
 * <p>Documents in expanded form and those with prefixes and typed terms only are read in one pass,
 * whatever their length within the limits. Others go through the expansion of the JSON-LD library
 * and may have 1 MiB and lists of 2,000 items (section 4.5).
 *
 * <p>As JSON-LD says, what has no absolute IRI is dropped without an error: properties whose name
 * is neither defined nor an IRI, relative references (a message has no base), and values of {@code
 * null}. Unlike it, nothing else is lost: a list or a value with members of a node is refused, and
 * so is a graph within the document, unless it is a proof: a proof that was made with a graph
 * container ({@code sec:proof} with {@code @graph}) joins the message's graph (section 7.2).
 *
 * <p>Safe for many threads.
 */
public final class JsonLdReader {
  /** Between a node and the next one stand at most a list object and two arrays. */
  private static final int NESTING_OF_NODE = 4;

  private static final int NESTING_OF_LITERAL = 32;

  private final Limits limits;
  private final JsonText text;
  private final Expansion expansion;

  /**
   * A reader with bounds.
   *
   * @param limits how much it takes
   */
  public JsonLdReader(Limits limits) {
    this.limits = limits;
    this.text = new JsonText(NESTING_OF_NODE * limits.depth() + NESTING_OF_LITERAL);
    this.expansion = new Expansion(text);
  }

  /**
   * Reads a document.
   *
   * @param utf8 the document, in UTF-8 without byte order mark
   * @return its triples
   * @throws SmartApiException of type ParseError if it isn't JSON-LD, or names a context that isn't
   *     known; of type TooLargeError if it is over a limit
   */
  public Graph read(byte[] utf8) {
    if (utf8.length > limits.bytes()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The document has %d bytes, at most %d are allowed."
              .formatted(utf8.length, limits.bytes()));
    }
    try {
      text.check(utf8);
      try {
        return readInOnePass(utf8);
      } catch (NotSimple more) {
        byte[] expanded = expansion.expand(utf8, more.getMessage());
        return streamExpanded(expanded);
      }
    } catch (IOException e) {
      throw JsonText.translate(e);
    }
  }

  private Graph readInOnePass(byte[] utf8) throws IOException {
    try {
      return stream(utf8, TermContext.EMPTY, false, false);
    } catch (StreamReader.LateContext late) {
      return stream(utf8, late.context(), true, false);
    }
  }

  private Graph streamExpanded(byte[] expanded) throws IOException {
    try {
      return stream(expanded, TermContext.EMPTY, true, true);
    } catch (NotSimple unknown) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "This isn't JSON-LD as messages have it: " + unknown.getMessage() + ".",
          unknown);
    }
  }

  private Graph stream(byte[] utf8, TermContext context, boolean known, boolean expanded)
      throws IOException {
    try (JsonParser parser = text.open(utf8)) {
      return new StreamReader(parser, limits, context, known, expanded).read();
    }
  }
}
