package io.mestral.smartapi.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.jena.JenaGraphs;
import io.mestral.smartapi.rdf.jena.RiotReader;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.jsonld.JsonLdReader;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.xml.RdfXmlReader;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature covers language tags as they were written, so every reader has to keep them so. */
class LanguageTagTest {
  private static final String TRIPLE = "<urn:s> <urn:p> \"colour\"@en-gb .\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        TRIPLE,
        "@prefix u: <urn:> . u:s u:p 'colour'@en-gb .",
        "PREFIX u: <urn:> u:s u:p '''colour'''@en-gb , 'colour'@en-gb ."
      })
  void turtle(String document) {
    assertKept(new TurtleReader(Limits.DEFAULT).read(document.getBytes(UTF_8)));
    assertKept(
        RiotReader.TURTLE.read(new ByteArrayInputStream(document.getBytes(UTF_8)), Limits.DEFAULT));
  }

  @Test
  void nTriples() {
    assertKept(new NTriplesReader(Limits.DEFAULT).read(TRIPLE.getBytes(UTF_8)));
  }

  @Test
  void jena() {
    Graph graph = new TurtleReader(Limits.DEFAULT).read(TRIPLE.getBytes(UTF_8));
    assertKept(JenaGraphs.fromJena(JenaGraphs.toJena(graph), Limits.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'@id':'urn:s','urn:p':{'@value':'colour','@language':'en-gb'}}",
        "{'@context':{'@language':'en-gb','p':'urn:p'},'@id':'urn:s','p':'colour'}",
        "{'@context':[{'p':{'@id':'urn:p','@container':'@language'}}],'@id':'urn:s',"
            + "'p':{'en-gb':'colour'}}"
      })
  void jsonLd(String document) {
    assertKept(new JsonLdReader(Limits.DEFAULT).read(document.replace('\'', '"').getBytes(UTF_8)));
  }

  /** What needs the library's expansion, which makes tags lower case: aliases and a default. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'@context':{'is':'@id','p':'urn:p'},'is':'urn:s','p':{'@value':'colour','@language':'dE-AT'}}",
        "{'@context':{'@language':'dE-AT','p':'urn:p'},'@id':'urn:s','p':'colour'}",
        "{'@context':{'p':{'@id':'urn:p','@language':'dE-AT'}},'@id':'urn:s','p':'colour'}",
      })
  void jsonLdInWhateverCase(String document) {
    Graph graph =
        new JsonLdReader(Limits.DEFAULT).read(document.replace('\'', '"').getBytes(UTF_8));
    assertThat(new String(Canonical.form(graph), UTF_8))
        .isEqualTo(TRIPLE.replace("en-gb", "dE-AT"));
  }

  @Test
  void rdfXml() {
    String document =
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:u='urn:'>"
            + "<rdf:Description rdf:about='urn:s'><u:p xml:lang='en-gb'>colour</u:p>"
            + "</rdf:Description></rdf:RDF>";
    assertKept(new RdfXmlReader(Limits.DEFAULT).read(document.getBytes(UTF_8)));
  }

  private static void assertKept(Graph graph) {
    assertThat(new String(Canonical.form(graph), UTF_8)).isEqualTo(TRIPLE);
  }
}
