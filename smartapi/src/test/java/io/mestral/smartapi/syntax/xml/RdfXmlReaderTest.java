package io.mestral.smartapi.syntax.xml;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.rdf.jena.JenaGraphs;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.Examples;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RdfXmlReaderTest {
  private static final String HEAD =
      "<rdf:RDF xmlns:rdf='" + Rdf.NAMESPACE + "' xmlns:e='http://e/'>";
  private static final String END = "</rdf:RDF>";
  private static final Iri A = new Iri("x:a");
  private static final Iri P = new Iri("http://e/p");

  static List<Path> turtle() {
    return Examples.turtle();
  }

  @ParameterizedTest
  @MethodSource("turtle")
  void anExampleIsReadFromRdfXml(Path file) {
    Graph graph = new TurtleReader(Limits.DEFAULT).read(Examples.bytes(file));
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    RDFDataMgr.write(xml, JenaGraphs.toJena(graph), Lang.RDFXML);
    Examples.assertAlike(graph, read(xml.toString(UTF_8)), file);
  }

  @Test
  void everyFormOfAValueIsRead() {
    Graph graph =
        read(
            HEAD
                + "<rdf:Description rdf:about='x:a' e:p='1'>"
                + "<e:p xml:lang='EN'>2</e:p><e:p rdf:datatype='x:unknown-type'> 3 </e:p>"
                + "<e:p rdf:resource='x:b'/><e:p>&lt;&#xE9;</e:p></rdf:Description>"
                + END);
    assertThat(graph.objects(A, P))
        .containsExactlyInAnyOrder(
            Literal.of("1"),
            Literal.inLanguage("2", "en"),
            Literal.of(" 3 ", new Iri("x:unknown-type")),
            new Iri("x:b"),
            Literal.of("<é", Xsd.STRING));
    assertThat(TypeMapper.getInstance().getTypeByName("x:unknown-type")).isNull();
  }

  @Test
  void aRelativeIriIsResolvedAgainstTheBaseThatTheDocumentNames() {
    String node = "<rdf:Description rdf:about='a'><e:p>1</e:p></rdf:Description>";
    String based = HEAD.replace("xmlns:e", "xml:base='http://e/b/' xmlns:e");
    assertThat(read(based + node + END).describes(new Iri("http://e/b/a"))).isTrue();
  }

  @Test
  void anotherEncodingIsReadWhenTheDocumentNamesIt() {
    String document = "<?xml version='1.0' encoding='UTF-16'?>" + HEAD + END;
    assertThat(new RdfXmlReader(Limits.DEFAULT).read(document.getBytes(UTF_16)))
        .isEqualTo(Graph.empty());
  }

  /** What is wrong, the kind of error, and how its message begins. */
  static Stream<Arguments> bad() {
    String open = "<e:n><e:p>";
    return Stream.of(
        parse("", "RDF/XML, line 1, column 1: "),
        parse("[] a <x:a> .", "RDF/XML, line 1, column 1: "),
        parse(HEAD, "RDF/XML, line 1, column "),
        parse("<a/>", "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n>text</e:n>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<rdf:Description rdf:about='a'/>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n rdf:about='a'/>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n rdf:about='x:a b'/>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n rdf:about='_:a'/>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n><e:p rdf:datatype='d'>1</e:p></e:n>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "<e:n>&e;</e:n>" + END, "RDF/XML, line 1, column "),
        parse(HEAD + "\u0000" + END, "RDF/XML, line 1, column "),
        parse("<!DOCTYPE rdf:RDF>" + HEAD + END, "RDF/XML, line 1, column 19: a document type"),
        large(HEAD + open.repeat(65) + END, "RDF/XML, line 1, column "),
        large(HEAD + open.repeat(500_000), "RDF/XML, line 1, column "),
        large(
            HEAD + "<e:n e:p='" + "a".repeat((1 << 20) + 1) + "'/>" + END,
            "A literal has 1048577 characters"));
  }

  private static Arguments parse(String document, String message) {
    return Arguments.of(document, ErrorType.PARSE_ERROR, message);
  }

  private static Arguments large(String document, String message) {
    return Arguments.of(document, ErrorType.TOO_LARGE_ERROR, message);
  }

  @ParameterizedTest
  @MethodSource("bad")
  @Timeout(20)
  void whatIsWrongIsToldWithItsPlace(String document, ErrorType type, String message) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> read(document))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.type()).isEqualTo(type));
  }

  @Test
  void nestingUpToTheLimitIsRead() {
    String nested = "<e:n><e:p>".repeat(63) + "<e:n e:p='1'/>" + "</e:p></e:n>".repeat(63);
    assertThat(read(HEAD + nested + END).size()).isEqualTo(64 + 63 + 1);
  }

  @Test
  void bytesThatAreNotInTheEncodingAreRefusedAndTheConsoleIsNotTold() {
    byte[] document = (HEAD + "<e:n e:p='?'/>" + END).getBytes(UTF_8);
    document[HEAD.length() + 10] = (byte) 0xC3;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(told, true, UTF_8));
    try {
      assertThatExceptionOfType(SmartApiException.class)
          .isThrownBy(() -> new RdfXmlReader(Limits.DEFAULT).read(document))
          .withMessageContaining("UTF-8")
          .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.PARSE_ERROR));
    } finally {
      System.setErr(console);
    }
    assertThat(told.toString(UTF_8)).isEmpty();
  }

  @Test
  void aDocumentOverItsBytesIsNotLookedAt() {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new RdfXmlReader(Limits.DEFAULT.withBytes(9)).read(new byte[10]))
        .withMessage("The document has 10 bytes, at most 9 are allowed.");
  }

  @Test
  @Timeout(5)
  void noFileIsRead(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "the secret");
    refused("<!DOCTYPE r [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>" + HEAD + "<e:n>&x;</e:n>");
  }

  @Test
  @Timeout(5)
  void laughsAreNotMultiplied() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE r [<!ENTITY l0 'ha'>");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY l%d '%s'>".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
    }
    refused(laughs + "]>" + HEAD + "<e:n e:p='&l39;'/>" + END);
  }

  @Test
  @Timeout(10)
  void nothingIsFetched() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
      refused("<!DOCTYPE r SYSTEM '" + url + "'>" + HEAD + END);
      refused("<!DOCTYPE r PUBLIC 'p' '" + url + "'>" + HEAD + END);
      refused("<!DOCTYPE r [<!ENTITY % x SYSTEM '" + url + "'> %x;]>" + HEAD + END);
      read("<?xml-stylesheet href='" + url + "'?>" + HEAD.replace("http://e/", url) + END);
      server.setSoTimeout(200);
      assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
    }
  }

  private static void refused(String document) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> read(document))
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.PARSE_ERROR))
        .withMessageContaining("DTD");
  }

  private static Graph read(String document) {
    return new RdfXmlReader(Limits.DEFAULT).read(document.getBytes(UTF_8));
  }
}
