package io.mestral.smartapi.fuzz;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;

/** Any bytes as Turtle: a graph, which is read back when it is written, or our error. */
public final class TurtleFuzz {
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);

  private TurtleFuzz() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Graph graph;
    try {
      graph = READER.read(input);
    } catch (SmartApiException e) {
      return; // refused, as it should be
    }
    Graph back = READER.read(new TurtleWriter().write(graph));
    if (back.size() != graph.size()) {
      throw new AssertionError(graph.size() + " triples were read, " + back.size() + " came back");
    }
  }
}
