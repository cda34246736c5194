package io.mestral.benchmarks.smartapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.jsonld.JsonLdReader;
import io.mestral.smartapi.syntax.jsonld.JsonLdWriter;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.lang.LangJSONLD11;
import org.apache.jena.sparql.util.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A Request that reads a property, in JSON-LD, here and in Jena with Titanium: bytes to a graph and
 * back. Titanium has the bundled context in memory, parsed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class JsonLdBenchmark {
  private static final String CONTEXT = "https://w3id.org/smartapi-edge/1.0/context.jsonld";

  /**
   * Named by its address, or inlined: read as it is in the published example, 10 KB of the 11, and
   * written with what is used of it.
   */
  @Param({"named", "inlined"})
  public String context;

  private final JsonLdReader reader = new JsonLdReader(Limits.DEFAULT);
  private final JsonLdWriter writer = new JsonLdWriter(Limits.DEFAULT);
  private byte[] document;
  private io.mestral.smartapi.rdf.Graph ours;
  private Resource root;
  private JsonLdForm form;
  private JsonLdOptions options;
  private Document naming;
  private Graph jenas;

  /** Reads the document, for writing. */
  @Setup
  public void make() throws IOException, JsonLdError {
    boolean named = context.equals("named");
    byte[] example = Examples.bytes("01a-read-request.jsonld");
    document = named ? naming(example) : example;
    ours = reader.read(document);
    root = ours.subjects().iterator().next();
    form = named ? JsonLdForm.CONTEXT_NAMED : JsonLdForm.CONTEXT_INLINED;
    Document bundled;
    try (InputStream file = Namespaces.class.getResourceAsStream("context.jsonld")) {
      bundled = JsonDocument.of(file);
    }
    options =
        new JsonLdOptions(
            (address, load) -> {
              if (address.equals(URI.create(CONTEXT))) {
                return bundled;
              }
              throw new JsonLdError(JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "" + address);
            });
    naming = JsonDocument.of(new StringReader("{\"@context\": \"" + CONTEXT + "\"}"));
    jenas = readJena();
    if (jenas.size() != ours.size()) {
      throw new IllegalStateException(jenas.size() + " triples, here " + ours.size());
    }
  }

  /** The document with its first context named instead of written out. */
  private static byte[] naming(byte[] example) {
    String text = new String(example, UTF_8);
    int from = text.indexOf('{', text.indexOf("\"@context\": ["));
    int to = text.indexOf("\n    },\n", from) + 6;
    return (text.substring(0, from) + '"' + CONTEXT + '"' + text.substring(to)).getBytes(UTF_8);
  }

  /** From bytes to a graph. */
  @Benchmark
  public io.mestral.smartapi.rdf.Graph read() {
    return reader.read(document);
  }

  /** From a graph to bytes. */
  @Benchmark
  public byte[] write() {
    return writer.write(ours, root, form);
  }

  /** From bytes to the fastest of Jena's graphs. */
  @Benchmark
  public Graph readJena() {
    Graph graph = GraphMemFactory.createDefaultGraphSameTerm();
    RDFParser.source(new ByteArrayInputStream(document))
        .lang(Lang.JSONLD11)
        .context(Context.create().set(LangJSONLD11.JSONLD_OPTIONS, options))
        .parse(graph);
    return graph;
  }

  /**
   * From Jena's graph to bytes. Jena inlines the prefixes that it read; a context that is named
   * takes Titanium's compaction.
   */
  @Benchmark
  public byte[] writeJena() throws JsonLdError {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (form == JsonLdForm.CONTEXT_INLINED) {
      RDFDataMgr.write(bytes, jenas, RDFFormat.JSONLD11_PRETTY);
      return bytes.toByteArray();
    }
    RDFDataMgr.write(bytes, jenas, RDFFormat.JSONLD11_FLAT);
    Document flat = JsonDocument.of(new ByteArrayInputStream(bytes.toByteArray()));
    return JsonLd.compact(flat, naming).options(options).get().toString().getBytes(UTF_8);
  }
}
