package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import java.io.InputStream;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParserRegistry;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.sys.JenaSystem;

/**
 * Reads a document with Jena, strictly and within bounds. Jena goes down the stack with nested
 * nodes: whoever calls this has seen that the document isn't nested too deeply.
 */
public enum RiotReader {
  /** RDF 1.1 Turtle. */
  TURTLE(Lang.TURTLE, "Turtle"),
  /** RDF 1.1 N-Triples. */
  N_TRIPLES(Lang.NTRIPLES, "N-Triples"),
  /** RDF 1.1 XML; whoever calls this has seen that there is no DTD. */
  RDF_XML(Lang.RDFXML, "RDF/XML");

  static {
    JenaSystem.init();
  }

  private final Lang language;
  private final String name;

  RiotReader(Lang language, String name) {
    this.language = language;
    this.name = name;
  }

  /**
   * Reads a document.
   *
   * @param document the bytes, from its first character on
   * @param limits what is refused as too large; the length of the document isn't looked at
   * @return its graph
   * @throws SmartApiException of type ParseError with line and column when it isn't one, of type
   *     TooLargeError over a limit
   */
  public Graph read(InputStream document, Limits limits) {
    Faults faults = new Faults(name);
    FromJena graph = new FromJena(limits);
    try {
      RDFParserRegistry.getFactory(language)
          .create(language, new StrictProfile(faults))
          .read(document, null, language.getContentType(), into(graph), new Context());
    } catch (SmartApiException e) {
      throw e;
    } catch (RuntimeException e) {
      throw faults.of(e);
    }
    return graph.build();
  }

  private static StreamRDFBase into(FromJena graph) {
    return new StreamRDFBase() {
      @Override
      public void triple(Triple triple) {
        graph.add(triple);
      }
    };
  }
}
