package io.mestral.smartapi.syntax.jsonld;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.rdf.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published examples, each of which is there in Turtle and in JSON-LD. */
class JsonLdExamplesTest {
  static final Path EXAMPLES = Path.of("src/test/resources/io/mestral/smartapi/examples");

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".jsonld"))
              .map(name -> name.substring(0, name.indexOf('.')))
              .sorted()
              .toList();
      return names.stream();
    }
  }

  static byte[] jsonLd(String name) throws IOException {
    return Files.readAllBytes(EXAMPLES.resolve(name + ".jsonld"));
  }

  static Model turtle(String name) throws IOException {
    try (var in = Files.newInputStream(EXAMPLES.resolve(name + ".ttl"))) {
      return JenaModels.turtle(in);
    }
  }

  /** The document with its context named instead of written out. */
  static byte[] naming(byte[] jsonLd) {
    String text = new String(jsonLd, UTF_8);
    int from = text.indexOf('{', text.indexOf("\"@context\": ["));
    int to = text.indexOf("\n    },\n", from) + 6;
    return (text.substring(0, from) + '"' + TermContext.BUNDLED_IRI + '"' + text.substring(to))
        .getBytes(UTF_8);
  }

  @Test
  void allAreThere() throws IOException {
    assertThat(names()).hasSize(41);
  }

  @ParameterizedTest
  @MethodSource("names")
  void jsonLdIsTheGraphOfTheTurtle(String name) throws IOException {
    Graph graph = new JsonLdReader(Limits.DEFAULT).read(jsonLd(name));
    assertThat(JenaModels.of(graph).isIsomorphicWith(turtle(name))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theContextMayBeNamed(String name) throws IOException {
    byte[] document = naming(jsonLd(name));
    assertThat(document.length).isLessThan(jsonLd(name).length);
    Graph graph = new JsonLdReader(Limits.DEFAULT).read(document);
    assertThat(JenaModels.of(graph).isIsomorphicWith(turtle(name))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void onePassIsEnough(String name) throws IOException {
    try (var parser = new JsonText(100).open(jsonLd(name))) {
      Graph graph =
          new StreamReader(parser, Limits.DEFAULT, TermContext.EMPTY, false, false).read();
      assertThat(graph.size()).isPositive();
    }
  }
}
