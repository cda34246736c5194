package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/**
 * Writes JSON-LD 1.1 (Smart API, sections 2.1 and 10): one node object with the nodes that it
 * refers to in one another, each at its first use; {@code @graph} when some aren't reached from it.
 *
 * <p>What is written reads to the same graph, every literal to the same term: a double becomes a
 * number only when JSON-LD's conversion gives it back, a JSON literal becomes {@code @json} only in
 * canonical form. Expanded form is written, whatever was asked for, when the graph has an IRI that
 * the context would change, such as {@code geo:60.2,24.9}.
 *
 * <p>Safe for many threads.
 */
public final class JsonLdWriter {
  private static final JsonFactory GENERATORS = new JsonFactory();

  private final Limits limits;

  /**
   * A writer.
   *
   * @param limits of these, how deep nodes stand in one another: what is deeper is written beside
   *     the others and referred to
   */
  public JsonLdWriter(Limits limits) {
    this.limits = limits;
  }

  /**
   * Writes a graph.
   *
   * @param graph the graph
   * @param root the node to begin with, that of the message
   * @param form how names are explained
   * @return the document, in UTF-8
   * @throws SmartApiException of type ServerError if the graph has what JSON-LD can't say: an IRI
   *     or a language tag that is none, a text that is no Unicode
   */
  public byte[] write(Graph graph, Resource root, JsonLdForm form) {
    boolean expanded = form == JsonLdForm.EXPANDED;
    Names names = new Names(expanded ? TermContext.EMPTY : TermContext.bundled());
    try {
      ByteArrayOutputStream nodes = new ByteArrayOutputStream(1024);
      int objects;
      try (JsonGenerator to = GENERATORS.createGenerator(nodes)) {
        to.writeStartArray();
        objects = new NodeWriter(graph, names, expanded, limits.depth(), to).write(root);
        to.writeEndArray();
      }
      if (names.isAmbiguous()) {
        return write(graph, root, JsonLdForm.EXPANDED);
      }
      return assembled(nodes.toByteArray(), objects, form, names);
    } catch (IOException e) {
      throw new SmartApiException(
          ErrorType.SERVER_ERROR, "The graph can't be written as JSON-LD: " + e.getMessage(), e);
    }
  }

  /** Puts the context before the nodes, whose context is known only when they are written. */
  private static byte[] assembled(byte[] nodes, int objects, JsonLdForm form, Names names)
      throws IOException {
    ByteArrayOutputStream document = new ByteArrayOutputStream(nodes.length + 2048);
    try (JsonGenerator to = GENERATORS.createGenerator(document)) {
      to.writeStartObject();
      context(form, names, to);
      if (objects != 1) {
        to.writeFieldName("@graph");
        to.writeRawValue("");
      }
      to.flush();
      boolean first = form == JsonLdForm.EXPANDED;
      if (objects == 1) { // [{...}] gives its members
        if (!first) {
          document.write(',');
        }
        document.write(nodes, 2, nodes.length - 4);
      } else {
        document.write(nodes, 0, nodes.length);
      }
      to.writeEndObject();
    }
    return document.toByteArray();
  }

  private static void context(JsonLdForm form, Names names, JsonGenerator to) throws IOException {
    if (form == JsonLdForm.CONTEXT_NAMED) {
      to.writeStringField("@context", TermContext.BUNDLED_IRI);
    } else if (form == JsonLdForm.CONTEXT_INLINED) {
      to.writeObjectFieldStart("@context");
      for (Map.Entry<String, String> prefix : names.usedPrefixes().entrySet()) {
        to.writeStringField(prefix.getKey(), prefix.getValue());
      }
      for (Map.Entry<String, Property> term : names.usedTerms().entrySet()) {
        Property property = term.getValue();
        to.writeObjectFieldStart(term.getKey());
        to.writeStringField("@id", term.getKey());
        to.writeStringField("@type", property.datatype().map(names::of).orElse("@id"));
        to.writeEndObject();
      }
      to.writeEndObject();
    }
  }
}
