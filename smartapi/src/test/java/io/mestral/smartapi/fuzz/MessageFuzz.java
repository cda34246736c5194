package io.mestral.smartapi.fuzz;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.shape.Shapes;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;

/** Any bytes as a message: looked at by its shapes and answered in kind, or our error. */
public final class MessageFuzz {
  private static final MessageReader READER = new MessageReader();
  private static final MessageWriter WRITER = new MessageWriter();

  private MessageFuzz() {}

  /** Called once: tables and shapes are read now, which isn't any input's fault. */
  public static void fuzzerInitialize() {
    Units.shared();
    Shapes.core();
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Received received;
    Graph graph;
    Manner manner;
    try {
      received = READER.read(input, Syntax.TURTLE);
      Shapes.core().violations(received.message().graph());
      manner = received.manner(QudtFamily.MODERN);
      graph = WRITER.inManner(received.message(), manner);
    } catch (SmartApiException e) {
      return; // refused, as it should be
    }
    byte[] written = WRITER.asItIs(graph, received.message().node(), manner).body();
    Graph back = READER.read(written, Syntax.TURTLE).original();
    if (back.size() != graph.size()) {
      throw new AssertionError(graph.size() + " triples were sent, " + back.size() + " came in");
    }
  }
}
