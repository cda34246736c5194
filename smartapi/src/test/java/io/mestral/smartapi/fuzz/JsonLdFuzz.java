package io.mestral.smartapi.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.jsonld.JsonLdReader;
import io.mestral.smartapi.syntax.jsonld.JsonLdWriter;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Any bytes are JSON-LD that comes back when it is written, or are refused with a reason. */
public final class JsonLdFuzz {
  private static final Logger LIBRARY = Logger.getLogger("com.apicatalog");
  private static final JsonLdReader READER = new JsonLdReader(Limits.DEFAULT);
  private static final JsonLdWriter WRITER = new JsonLdWriter(Limits.DEFAULT);
  private static final Iri NONE = new Iri("urn:none");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private JsonLdFuzz() {}

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] document) {
    Graph graph;
    try {
      graph = READER.read(document);
    } catch (SmartApiException e) {
      check(e.getMessage() != null && !e.getMessage().isBlank(), "a refusal without a reason");
      return;
    }
    Resource root = graph.subjects().stream().findFirst().orElse(NONE);
    for (JsonLdForm form : JsonLdForm.values()) {
      byte[] written = WRITER.write(graph, root, form);
      int size = READER.read(written).size();
      check(size == graph.size(), size + " of " + graph.size() + ": " + new String(written, UTF_8));
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
