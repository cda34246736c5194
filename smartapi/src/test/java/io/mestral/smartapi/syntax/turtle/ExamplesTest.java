package io.mestral.smartapi.syntax.turtle;

import static io.mestral.smartapi.syntax.turtle.Examples.assertAlike;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.jena.JenaGraphs;
import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example message, through every syntax of this package and as Jena reads it by itself. */
class ExamplesTest {
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);

  static List<Path> turtle() {
    return Examples.turtle();
  }

  @Test
  void thereAreAllExamples() {
    assertThat(turtle()).hasSize(41);
  }

  @ParameterizedTest
  @MethodSource("turtle")
  void anExampleIsReadAsJenaReadsIt(Path file) throws Doubt {
    byte[] document = Examples.bytes(file);
    org.apache.jena.graph.Graph jena = GraphMemFactory.createDefaultGraphSameTerm();
    RDFParser.source(new ByteArrayInputStream(document)).lang(Lang.TURTLE).parse(jena);
    Graph fast = READER.fast(Text.of("Turtle", document, Limits.DEFAULT));
    assertThat(JenaGraphs.toJena(fast).isIsomorphicWith(jena)).isTrue();
    assertAlike(JenaGraphs.fromJena(jena, Limits.DEFAULT), fast, file);
  }

  @ParameterizedTest
  @MethodSource("turtle")
  void anExampleGoesThroughTurtleAndNTriples(Path file) {
    Graph graph = READER.read(Examples.bytes(file));
    byte[] turtle = new TurtleWriter().write(graph);
    assertAlike(graph, READER.read(turtle), file);
    byte[] lines = new NTriplesWriter().write(graph);
    assertAlike(graph, new NTriplesReader(Limits.DEFAULT).read(lines), file);
  }

  @ParameterizedTest
  @MethodSource("turtle")
  void anExampleIsWrittenInItsOwnForm(Path file) {
    byte[] document = Examples.bytes(file);
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (String line : new String(document, UTF_8).split("\n")) {
      if (line.startsWith("@prefix ")) {
        prefixes.put(
            line.substring(8, line.indexOf(':')),
            line.substring(line.indexOf('<') + 1, line.indexOf('>')));
      }
    }
    byte[] written = new TurtleWriter(prefixes).write(READER.read(document));
    String fleet = "<https://fleet.example/id/([a-z0-9-]+)>"; // names that are written out there
    String decimal = "\"(-?[0-9.]+)\"\\^\\^xsd:decimal"; // so are decimals
    String named =
        new String(document, UTF_8).replaceAll(fleet, "fleet:$1").replaceAll(decimal, "$1");
    assertThat(words(new String(written, UTF_8))).isEqualTo(words(named));
  }

  /** The statements' words in order, prefixes aside. */
  private static List<String> words(String document) {
    String text = document.replaceAll("(?m)^@prefix.*$", "");
    return text.replaceAll("#.*$", "").trim().lines().flatMap(ExamplesTest::split).toList();
  }

  private static Stream<String> split(String line) {
    return Arrays.stream(line.trim().split("\\s+")).filter(word -> !word.isEmpty());
  }
}
