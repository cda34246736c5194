package io.mestral.smartapi.syntax.xml;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.jena.RiotReader;
import io.mestral.smartapi.syntax.Limits;
import java.io.ByteArrayInputStream;

/**
 * Reads RDF 1.1 XML. Nothing outside of the document is ever looked at, and a DTD is refused, with
 * all entities that one could declare. Relative IRIs need an {@code xml:base}; where there is one,
 * absolute IRIs are freed of dot segments, too (RFC 3986, section 5.2.2).
 */
public final class RdfXmlReader {
  private final Limits limits;

  /**
   * A reader, for any number of documents and threads.
   *
   * @param limits what is refused as too large; of its depth there are two elements to one, that of
   *     the node and that of the property
   */
  public RdfXmlReader(Limits limits) {
    this.limits = limits;
  }

  /**
   * Reads a document.
   *
   * @param xml the document, in an encoding that XML knows and the document names
   * @return its graph
   * @throws SmartApiException of type ParseError when it isn't RDF/XML or has a DTD, of type
   *     TooLargeError when it is over a limit
   */
  public Graph read(byte[] xml) {
    if (xml.length > limits.bytes()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "The document has %d bytes, at most %d are allowed."
              .formatted(xml.length, limits.bytes()));
    }
    XmlCheck.of(xml, limits.depth());
    return RiotReader.RDF_XML.read(new ByteArrayInputStream(xml), limits);
  }
}
