package io.mestral.smartapi.syntax.xml;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Goes through an XML document before Jena does: it has no DTD, is well-formed, and not nested too
 * deeply.
 */
final class XmlCheck {
  private final XMLStreamReader reader;
  private final int deepest;

  private XmlCheck(XMLStreamReader reader, int deepest) {
    this.reader = reader;
    this.deepest = deepest;
  }

  /**
   * Checks a document.
   *
   * @param xml the document
   * @param depth how deep nodes may be nested; a node takes two elements, rdf:RDF one
   * @throws SmartApiException of type ParseError or TooLargeError when it isn't as said above
   */
  static void of(byte[] xml, int depth) {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(xml));
      checkEncoding(xml, reader.getEncoding());
      new XmlCheck(reader, 2 * depth + 1).check();
    } catch (XMLStreamException e) {
      throw malformed(e);
    } catch (SmartApiException e) {
      throw e;
    } catch (RuntimeException e) { // thrown by the JDK's parser for some malformed documents
      throw new SmartApiException(
          ErrorType.PARSE_ERROR, "RDF/XML: the document isn't well-formed XML.", e);
    }
  }

  /** A new one each time, because a factory keeps the last document. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  /** Of bytes that are no UTF-8 the JDK's parser tells the console, so it doesn't get them. */
  private static void checkEncoding(byte[] xml, String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml));
    } catch (CharacterCodingException e) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "RDF/XML: there are bytes that make no UTF-8, and the document names no other encoding.",
          e);
    }
  }

  private void check() throws XMLStreamException {
    int depth = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > deepest) {
            throw error(
                ErrorType.TOO_LARGE_ERROR,
                "elements are nested more than " + deepest + " deep, which is the most allowed.");
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.DTD ->
            throw error(ErrorType.PARSE_ERROR, "a document type declaration (DTD) isn't allowed.");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw error(ErrorType.PARSE_ERROR, "entities beside those of XML aren't allowed.");
        default -> {
          // text, comments and processing instructions are Jena's
        }
      }
    }
  }

  private SmartApiException error(ErrorType type, String message) {
    return new SmartApiException(
        type,
        "RDF/XML, line %d, column %d: %s"
            .formatted(
                reader.getLocation().getLineNumber(),
                reader.getLocation().getColumnNumber(),
                message));
  }

  private static SmartApiException malformed(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int reason = message.indexOf("Message: ");
    String place =
        e.getLocation() == null
            ? ""
            : ", line %d, column %d"
                .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber());
    return new SmartApiException(
        ErrorType.PARSE_ERROR,
        "RDF/XML" + place + ": " + message.substring(reason < 0 ? 0 : reason + 9),
        e);
  }
}
