package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes graphs at random, with what is hard to write: cycles, shared nodes, broken lists. */
final class RandomGraphs {
  private static final String SMARTAPI = Namespaces.SMARTAPI;
  private static final Iri[] PREDICATES = {
    Rdf.TYPE,
    Rdf.FIRST,
    Rdf.REST,
    Rdf.VALUE,
    new Iri(SMARTAPI + "list"),
    new Iri(SMARTAPI + "generatedAt"),
    new Iri(SMARTAPI + "entity"),
    new Iri(SMARTAPI + "timeStep"),
    new Iri(Namespaces.SX + "balance"),
    new Iri("https://example.org/vocab#speed"),
    new Iri("urn:example:p")
  };
  private static final String[] IRIS = {
    "urn:uuid:00000000-0000-4000-8000-000000000001",
    "https://fleet.example/id/car1",
    SMARTAPI + "Request",
    SMARTAPI + "list",
    SMARTAPI,
    "http://x.example/é",
    "ex:y",
    "a:b",
    Rdf.NIL.value(),
    Namespaces.LEGACY_UNIT + "DegreeCelsius",
    "http://x.example/a#b#c"
  };
  private static final String[] DOUBLES = {
    "2.15E1",
    "4.0E3",
    "0.0E0",
    "-0.0E0",
    "INF",
    "NaN",
    "21.5",
    "1.0E22",
    "1.15E-7",
    "4.9E-324",
    "1.7976931348623157E308",
    "0.1234567890123456",
    "1.234567890123456E-1",
    "1.2345678901234567E-1",
    "9.007199254740993E15",
    "1E400",
    "1.5E-300",
    "x",
    "",
    "-7.25E-3",
    "1.0E-1",
    "1.5E20"
  };
  private static final String[] INTEGERS = {
    "0",
    "-0",
    "1",
    "+1",
    "01",
    "-17",
    "9007199254740991",
    "9007199254740992",
    "1000000000000000000000",
    "5.0",
    "x",
    "-9007199254740991"
  };
  private static final String[] JSON = {
    "[1,2,3]",
    "[1, 2]",
    "{\"a\":1,\"b\":[]}",
    "{\"b\":1,\"a\":2}",
    "[1.0]",
    "\"x\"",
    "null",
    "x",
    "",
    "[",
    "[21.5,\"ü\"]",
    "[1] "
  };
  private static final String[] TEXTS = {
    "", "red", "smartapi:Read", "_:b0", "@id", "a\n\"\\\tü😀\u0000\u007f\u2028", "http://x.example/"
  };

  private final Random random;

  RandomGraphs(Random random) {
    this.random = random;
  }

  /** A graph and one of its nodes. */
  record Rooted(Graph graph, Resource root) {}

  Rooted graph() {
    Graph.Builder graph = Graph.builder();
    List<Resource> nodes = new ArrayList<>();
    for (int more = random.nextInt(6) + 1; more > 0; more--) {
      nodes.add(random.nextInt(3) == 0 ? iri() : new Blank());
    }
    for (int more = random.nextInt(25); more > 0; more--) {
      Resource subject = nodes.get(random.nextInt(nodes.size()));
      graph.add(subject, any(PREDICATES), object(nodes, graph, 2));
    }
    return new Rooted(graph.build(), nodes.get(0));
  }

  private Term object(List<Resource> nodes, Graph.Builder graph, int depth) {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> nodes.get(random.nextInt(nodes.size()));
      case 3 -> iri();
      case 4 -> depth > 0 ? list(nodes, graph, depth) : iri();
      default -> literal();
    };
  }

  private Resource list(List<Resource> nodes, Graph.Builder graph, int depth) {
    Resource next = Rdf.NIL;
    for (int more = random.nextInt(4); more > 0; more--) {
      Blank cell = new Blank();
      graph.add(cell, Rdf.FIRST, object(nodes, graph, depth - 1));
      graph.add(cell, Rdf.REST, next);
      next = cell;
      if (random.nextInt(6) == 0) {
        nodes.add(cell); // something else may be said of it, or it may be shared
      }
    }
    return next;
  }

  private Literal literal() {
    return switch (random.nextInt(10)) {
      case 0 -> Literal.of(any(DOUBLES), Xsd.DOUBLE);
      case 1 -> Literal.of(any(INTEGERS), Xsd.INTEGER);
      case 2 -> Literal.of(any(JSON), Rdf.JSON);
      case 3 -> Literal.of(random.nextInt(2) == 0 ? "true" : "1", Xsd.BOOLEAN);
      case 4 -> Literal.inLanguage(any(TEXTS), random.nextInt(2) == 0 ? "en" : "de-AT");
      case 5 -> Literal.of("2026-03-01T08:00:00Z", Xsd.DATE_TIME);
      case 6 -> Literal.of(any(DOUBLES), random.nextInt(2) == 0 ? Xsd.DECIMAL : Xsd.FLOAT);
      case 7 -> Literal.of(random.nextGaussian());
      case 8 -> Literal.of(any(TEXTS), new Iri("http://x.example/dt"));
      default -> Literal.of(any(TEXTS));
    };
  }

  private Iri iri() {
    return new Iri(any(IRIS));
  }

  private <T> T any(T[] of) {
    return of[random.nextInt(of.length)];
  }
}
