package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;

/** Measures reading and writing of an example, beside Jena with the JSON-LD library. */
final class JsonLdSpeed {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String EXAMPLE = "01a-read-request";

  private JsonLdSpeed() {}

  private interface Work {
    long run() throws IOException;
  }

  /** Prints microseconds of CPU, the best of ten rounds of 300. */
  public static void main(String[] args) throws IOException {
    byte[] inlined = JsonLdExamplesTest.jsonLd(EXAMPLE);
    byte[] named = JsonLdExamplesTest.naming(inlined);
    JsonLdReader reader = new JsonLdReader(Limits.DEFAULT);
    JsonLdWriter writer = new JsonLdWriter(Limits.DEFAULT);
    var graph = reader.read(inlined);
    var root = graph.subjects().iterator().next();
    report("Jena, context inlined", () -> jena(inlined));
    report("read, context inlined", () -> reader.read(inlined).size());
    report("read, context named", () -> reader.read(named).size());
    for (JsonLdForm form : JsonLdForm.values()) {
      report("write, " + form, () -> writer.write(graph, root, form).length);
    }
  }

  private static long jena(byte[] document) {
    Model model = ModelFactory.createDefaultModel();
    RDFDataMgr.read(model, new ByteArrayInputStream(document), Lang.JSONLD11);
    return model.size();
  }

  private static void report(String what, Work work) throws IOException {
    double best = Double.MAX_VALUE;
    long seen = 0;
    for (int round = 0; round < 10; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int at = 0; at < 300; at++) {
        seen += work.run();
      }
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - before) / 300_000.0);
    }
    System.out.printf(Locale.ROOT, "%-28s %8.1f µs (%d)%n", what, best, seen / 3000);
  }
}
