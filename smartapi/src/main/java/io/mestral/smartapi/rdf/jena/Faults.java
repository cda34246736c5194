package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import org.apache.jena.riot.RiotParseException;
import org.apache.jena.riot.system.ErrorHandler;

/**
 * What Jena says is wrong, as our ParseError. Its warnings are about style and don't count.
 *
 * @param syntax the syntax that was read, for the message
 */
record Faults(String syntax) implements ErrorHandler {
  @Override
  public void warning(String message, long line, long column) {
    // an unusual IRI or character is no error
  }

  @Override
  public void error(String message, long line, long column) {
    throw at(message, line, column, null);
  }

  @Override
  public void fatal(String message, long line, long column) {
    throw at(message, line, column, null);
  }

  SmartApiException at(String message, long line, long column) {
    return at(message, line, column, null);
  }

  SmartApiException of(RuntimeException thrown) {
    return thrown instanceof RiotParseException parse
        ? at(parse.getOriginalMessage(), parse.getLine(), parse.getCol(), thrown)
        : at(String.valueOf(thrown.getMessage()), -1, -1, thrown);
  }

  private SmartApiException at(String message, long line, long column, Throwable cause) {
    String place = line < 0 ? "" : ", line %d, column %d".formatted(line, column);
    return new SmartApiException(
        ErrorType.PARSE_ERROR, syntax + place + ": " + Excerpt.of(message), cause);
  }
}
