package io.mestral.benchmarks.smartapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.NudeLists;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
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
 * A NudeList of a million doubles as Turtle, from bytes to an array and back, beside Jackson alone,
 * its own fast ways with doubles switched on, with the same JSON array.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class NudeListBenchmark {
  private static final int COUNT = 1_000_000;
  private static final Iri SERIES = new Iri("https://fleet.example/id/series-1");
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT.withBytes(256 << 20));
  private static final TurtleWriter WRITER = new TurtleWriter();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  /** What a sensor measures, or numbers of all the digits that a double has. */
  @Param({"hundredths", "digits17"})
  public String numbers;

  private double[] doubles;
  private byte[] turtle;
  private byte[] json;

  /** Makes the numbers and both documents. */
  @Setup
  public void make() throws IOException {
    DoubleStream random = new Random(1).doubles(COUNT);
    doubles =
        numbers.equals("digits17")
            ? random.toArray()
            : random.map(number -> Math.rint(number * 4000) / 100).toArray();
    turtle = writeNudeList();
    json = NudeLists.of(doubles).json().getBytes(StandardCharsets.UTF_8);
  }

  /** From Turtle to an array. */
  @Benchmark
  public double[] readNudeList() {
    Graph graph = READER.read(turtle);
    return RdfList.read(graph, graph.object(SERIES, SmartApi.LIST).orElseThrow())
        .orElseThrow()
        .toDoubles();
  }

  /** From an array to Turtle. */
  @Benchmark
  public byte[] writeNudeList() {
    Graph.Builder graph = Graph.builder();
    graph.add(SERIES, SmartApi.LIST, new ListWriter().write(graph, NudeLists.of(doubles)));
    return WRITER.write(graph.build());
  }

  /** The shortest way from JSON to an array, the length being known. */
  @Benchmark
  public double[] readJackson() throws IOException {
    double[] read = new double[COUNT];
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
        read[at] = parser.getDoubleValue();
      }
    }
    return read;
  }

  /** The shortest way from an array to JSON. */
  @Benchmark
  public byte[] writeJackson() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator to = JSON.createGenerator(bytes)) {
      to.writeStartArray();
      for (double number : doubles) {
        to.writeNumber(number);
      }
      to.writeEndArray();
    }
    return bytes.toByteArray();
  }
}
