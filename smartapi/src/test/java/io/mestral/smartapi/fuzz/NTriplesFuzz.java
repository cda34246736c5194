package io.mestral.smartapi.fuzz;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;

/** Any bytes as N-Triples: a graph, which is read back when it is written, or our error. */
public final class NTriplesFuzz {
  private static final NTriplesReader READER = new NTriplesReader(Limits.DEFAULT);

  private NTriplesFuzz() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Graph graph;
    try {
      graph = READER.read(input);
    } catch (SmartApiException e) {
      return; // refused, as it should be
    }
    Graph back = READER.read(new NTriplesWriter().write(graph));
    if (back.size() != graph.size()) {
      throw new AssertionError(graph.size() + " triples were read, " + back.size() + " came back");
    }
  }
}
