package io.mestral.smartapi.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.random.RandomMessages;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.jsonld.JsonLdPaths;
import io.mestral.smartapi.syntax.jsonld.JsonLdWriter;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.syntax.turtle.TurtlePaths;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Sec;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever message is written in whatever syntax is read back as it was, to the same canonical form
 * and as the same class, and on the general path as on the fast one.
 */
class MessagePropertyTest {
  private static final MessageReader READER = new MessageReader();
  private static final MessageWriter WRITER = new MessageWriter();
  private static final JsonLdWriter JSON_LD = new JsonLdWriter(Limits.DEFAULT);

  @Property(edgeCases = EdgeCasesMode.NONE) // the terms have their own, in every message
  void everySyntaxAndEveryPathGivesAMessageBack(@ForAll("messages") Message message)
      throws IOException {
    Graph graph = message.graph();
    Written written = new Written(message, form(graph));
    byte[] turtle = new TurtleWriter().write(graph);
    written.isRead(turtle, Syntax.TURTLE);
    written.isIn(TurtlePaths.fast(turtle), turtle);
    written.isIn(TurtlePaths.general(turtle), turtle);
    byte[] lines = new NTriplesWriter().write(graph);
    written.isRead(lines, Syntax.N_TRIPLES);
    written.isIn(TurtlePaths.fastTriples(lines), lines);
    written.isIn(TurtlePaths.generalTriples(lines), lines);
    for (JsonLdForm form : JsonLdForm.values()) {
      byte[] json = JSON_LD.write(graph, message.node(), form);
      written.isRead(json, Syntax.JSON_LD);
      written.isIn(JsonLdPaths.inOnePass(json), json);
      written.isIn(JsonLdPaths.expanded(json), json);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void everyMannerGivesAMessageBackAndItsUnitsFindBackToTheirNames(
      @ForAll("messages") Message message,
      @ForAll("writtenSyntaxes") Syntax syntax,
      @ForAll QudtFamily family) {
    Manner old = Manner.unasked(QudtFamily.LEGACY);
    Manner manner = new Manner(syntax, JsonLdForm.CONTEXT_INLINED, family);
    Message back = READER.read(WRITER.write(message, manner).body(), syntax).message();
    assertThat(back).hasSameClassAs(message);
    if (back.graph().triples().noneMatch(t -> t.predicate().equals(Sec.PROOF))) {
      assertThat(back.graph().triples())
          .allMatch(t -> t.object().equals(UnitNames.in(family, t.object(), Units.shared())));
    }
    assertThat(form(WRITER.inManner(back, old))).isEqualTo(form(WRITER.inManner(message, old)));
  }

  private record Written(Message message, String canonical) {
    void isRead(byte[] document, Syntax syntax) {
      Received received = READER.read(document, syntax);
      isIn(received.original(), document);
      assertThat(received.message()).hasSameClassAs(message);
    }

    void isIn(Graph read, byte[] document) {
      assertThat(form(read)).as("of %s", new String(document, UTF_8)).isEqualTo(canonical);
    }
  }

  private static String form(Graph graph) {
    return new String(Canonical.form(graph), UTF_8);
  }

  @Provide
  Arbitrary<Syntax> writtenSyntaxes() {
    return Arbitraries.of(Syntax.values()).filter(Syntax::isWritten);
  }

  @Provide
  Arbitrary<Message> messages() {
    return RandomMessages.messages();
  }
}
