package io.mestral.smartapi.fuzz;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.xml.RdfXmlReader;

/** Any bytes as RDF/XML: a graph or our error. */
public final class RdfXmlFuzz {
  private static final RdfXmlReader READER = new RdfXmlReader(Limits.DEFAULT);

  private RdfXmlFuzz() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      READER.read(input);
    } catch (SmartApiException e) {
      return; // refused, as it should be
    }
  }
}
