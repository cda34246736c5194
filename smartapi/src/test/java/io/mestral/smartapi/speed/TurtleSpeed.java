package io.mestral.smartapi.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFParser;

/**
 * How long Turtle takes, here and in Jena: run by hand with the tests' class path. Each figure is
 * CPU time of the thread, the middle of 15 rounds after 5 that don't count; ours and Jena's rounds
 * take turns.
 */
public final class TurtleSpeed {
  private static final int ROUNDS = 20;
  private static final int WARM_UP = 5;
  private static final PrintStream OUT = System.out;

  private TurtleSpeed() {}

  /** Prints a table. */
  public static void main(String[] arguments) throws Exception {
    Path examples = Path.of("src/test/resources/io/mestral/smartapi/examples");
    for (String name : new String[] {"01a-read-request", "20-conditional-price"}) {
      compare(name, Files.readAllBytes(examples.resolve(name + ".ttl")), 5_000);
    }
    compare("linked list, 100,000 doubles", linked(100_000), 2);
    compare("NudeList, 1,000,000 doubles", nude(1_000_000, false), 2);
    compare("NudeList, 1,000,000 strings", nude(1_000_000, true), 2);
  }

  private static void compare(String name, byte[] document, int times) {
    TurtleReader reader = new TurtleReader(Limits.DEFAULT.withBytes(256 << 20));
    TurtleWriter writer = new TurtleWriter();
    Graph graph = reader.read(document);
    org.apache.jena.graph.Graph jena = jena(document);
    double[] read = race(times, () -> reader.read(document), () -> jena(document));
    double[] write = race(times, () -> writer.write(graph), () -> jena(jena));
    OUT.printf(
        "%-30s %10d bytes; read: %10.3f ms, Jena %10.3f ms; write: %10.3f ms, Jena %10.3f ms%n",
        name, document.length, read[0], read[1], write[0], write[1]);
  }

  private static org.apache.jena.graph.Graph jena(byte[] document) {
    org.apache.jena.graph.Graph graph = GraphMemFactory.createDefaultGraphSameTerm();
    RDFParser.source(new ByteArrayInputStream(document)).lang(Lang.TURTLE).parse(graph);
    return graph;
  }

  private static byte[] jena(org.apache.jena.graph.Graph graph) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RDFDataMgr.write(bytes, graph, RDFFormat.TURTLE_BLOCKS);
    return bytes.toByteArray();
  }

  private static double[] race(int times, Supplier<?> one, Supplier<?> other) {
    double[][] rounds = new double[2][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      rounds[0][round] = time(times, one);
      rounds[1][round] = time(times, other);
    }
    return new double[] {middle(rounds[0]), middle(rounds[1])};
  }

  private static double time(int times, Supplier<?> what) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      if (what.get() == null) {
        throw new AssertionError("nothing came of it");
      }
    }
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return (end - start) / 1e6 / times;
  }

  private static double middle(double[] rounds) {
    double[] counted = Arrays.copyOfRange(rounds, WARM_UP, ROUNDS);
    Arrays.sort(counted);
    return counted[counted.length / 2];
  }

  private static byte[] linked(int items) {
    Random random = new Random(1);
    StringBuilder list = new StringBuilder("<x:a> <x:b> (");
    for (int i = 0; i < items; i++) {
      list.append(' ').append(Literal.of(random.nextInt(100_000) / 1000.0).lexical());
    }
    return list.append(" ) .").toString().getBytes(UTF_8);
  }

  private static byte[] nude(int items, boolean strings) {
    Random random = new Random(1);
    StringJoiner list = new StringJoiner(",", "[", "]");
    for (int i = 0; i < items; i++) {
      double number = random.nextInt(100_000) / 1000.0;
      list.add(strings ? "\"" + number + "\"" : "" + number);
    }
    Graph graph =
        Graph.builder()
            .add(new Iri("x:a"), Rdf.VALUE, Literal.of(list.toString(), Rdf.JSON))
            .build();
    return new TurtleWriter().write(graph);
  }
}
