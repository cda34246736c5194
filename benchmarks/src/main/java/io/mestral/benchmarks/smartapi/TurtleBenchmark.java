package io.mestral.benchmarks.smartapi;

import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.RDFParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A Request that reads a property, in Turtle, here and in Jena: bytes to a graph and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TurtleBenchmark {
  private final TurtleReader reader = new TurtleReader(Limits.DEFAULT);
  private final TurtleWriter writer = new TurtleWriter();
  private byte[] document;
  private io.mestral.smartapi.rdf.Graph ours;
  private Graph jenas;

  /** Reads the document, for writing. */
  @Setup
  public void make() throws IOException {
    document = Examples.bytes("01a-read-request.ttl");
    ours = reader.read(document);
    jenas = readJena();
  }

  /** From bytes to a graph. */
  @Benchmark
  public io.mestral.smartapi.rdf.Graph read() {
    return reader.read(document);
  }

  /** From a graph to bytes. */
  @Benchmark
  public byte[] write() {
    return writer.write(ours);
  }

  /** From bytes to the fastest of Jena's graphs. */
  @Benchmark
  public Graph readJena() {
    Graph graph = GraphMemFactory.createDefaultGraphSameTerm();
    RDFParser.source(new ByteArrayInputStream(document)).lang(Lang.TURTLE).parse(graph);
    return graph;
  }

  /** From Jena's graph to bytes, with the faster of Jena's writers. */
  @Benchmark
  public byte[] writeJena() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RDFDataMgr.write(bytes, jenas, RDFFormat.TURTLE_BLOCKS);
    return bytes.toByteArray();
  }
}
