package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;

/** The two ways that a JSON-LD document may be read, each on its own. */
public final class JsonLdPaths {
  private static final JsonText TEXT = new JsonText(400);

  private JsonLdPaths() {}

  /** Without a tree; fails with {@link NotSimple} where that leaves it to the other way. */
  public static Graph inOnePass(byte[] document) throws IOException {
    try (var parser = TEXT.open(document)) {
      return new StreamReader(parser, Limits.DEFAULT, TermContext.EMPTY, false, false).read();
    } catch (StreamReader.LateContext late) {
      try (var parser = TEXT.open(document)) {
        return new StreamReader(parser, Limits.DEFAULT, late.context(), true, false).read();
      }
    }
  }

  /** Through the expansion of the JSON-LD library. */
  public static Graph expanded(byte[] document) throws IOException {
    try (var parser = TEXT.open(new Expansion(TEXT).expand(document, "a test"))) {
      return new StreamReader(parser, Limits.DEFAULT, TermContext.EMPTY, true, true).read();
    }
  }
}
