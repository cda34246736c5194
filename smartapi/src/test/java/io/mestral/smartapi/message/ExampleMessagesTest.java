package io.mestral.smartapi.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.dialect.Dialect;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.shape.Shapes;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Sec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the published examples: read, written in every way, read again, and in shape. */
class ExampleMessagesTest {
  /** Those that describe something without being a message. */
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "19a-linked-list",
          "19b-ordered-list",
          "19c-itemized-list",
          "19d-nude-list",
          "19e-map",
          "19f-nude-tuples",
          "20-conditional-price",
          "21-provenance-availability");

  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();

  static Stream<Path> examples() throws IOException, URISyntaxException {
    Path folder =
        Path.of(ExampleMessagesTest.class.getResource("/io/mestral/smartapi/examples").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void thereAreFortyOneInTwoSyntaxes() throws IOException, URISyntaxException {
    assertThat(examples()).hasSize(2 * 41);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsReadWrittenReadAgainAndInShape(Path file) throws IOException {
    Syntax syntax = file.toString().endsWith(".ttl") ? Syntax.TURTLE : Syntax.JSON_LD;
    byte[] body = Files.readAllBytes(file);
    Graph graph = reader.graph(body, syntax);
    assertThat(Shapes.core().violations(Dialect.normalise(graph))).isEmpty();
    Resource node = node(file, body, syntax, graph);
    for (Syntax written : List.of(Syntax.TURTLE, Syntax.JSON_LD, Syntax.N_TRIPLES)) {
      for (JsonLdForm form : JsonLdForm.values()) {
        Document document =
            writer.asItIs(graph, node, new Manner(written, form, QudtFamily.LEGACY));
        assertThat(text(reader.graph(document.body(), written)))
            .as(written + " " + form)
            .isEqualTo(text(graph));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsReadBackInEveryMannerAndItsUnitsFindBackToTheirNames(Path file)
      throws IOException {
    if (DESCRIPTIONS.contains(name(file))) {
      return;
    }
    Syntax syntax = file.toString().endsWith(".ttl") ? Syntax.TURTLE : Syntax.JSON_LD;
    Message message = reader.read(Files.readAllBytes(file), syntax).message();
    Manner old = Manner.unasked(QudtFamily.LEGACY);
    String first = text(writer.inManner(message, old));
    for (Syntax written : List.of(Syntax.TURTLE, Syntax.JSON_LD, Syntax.N_TRIPLES)) {
      for (QudtFamily family : QudtFamily.values()) {
        Manner manner = new Manner(written, JsonLdForm.CONTEXT_INLINED, family);
        byte[] body = writer.write(message, manner).body();
        Message back = reader.read(body, written).message();
        assertThat(back).as("%s", manner).hasSameClassAs(message);
        if (back.graph().triples().noneMatch(t -> t.predicate().equals(Sec.PROOF))) {
          assertThat(back.graph().triples())
              .allMatch(t -> t.object().equals(UnitNames.in(family, t.object(), Units.shared())));
        }
        assertThat(text(writer.inManner(back, old))).as("%s", manner).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void bothSyntaxesOfAnExampleSayTheSame(Path file) throws IOException {
    if (file.toString().endsWith(".ttl")) {
      Path other = Path.of(file.toString().replace(".ttl", ".jsonld"));
      assertThat(text(reader.graph(Files.readAllBytes(other), Syntax.JSON_LD)))
          .isEqualTo(text(reader.graph(Files.readAllBytes(file), Syntax.TURTLE)));
    }
  }

  private Resource node(Path file, byte[] body, Syntax syntax, Graph graph) {
    String name = name(file);
    if (!DESCRIPTIONS.contains(name)) {
      return reader.read(body, syntax).message().node();
    }
    try {
      throw new AssertionError(name + " is a message: " + reader.read(body, syntax).message());
    } catch (SmartApiException noMessage) {
      assertThat(noMessage).hasMessageContaining("The document has no message");
      return graph.subjects().iterator().next();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceAll("[.].*", "");
  }

  private static String text(Graph graph) {
    return new String(Canonical.form(graph), StandardCharsets.UTF_8);
  }
}
