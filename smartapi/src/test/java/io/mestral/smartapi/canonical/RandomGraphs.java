package io.mestral.smartapi.canonical;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Small graphs with many nodes that look alike, and the same graphs in another guise. */
public final class RandomGraphs {
  /** A node that every graph states something about, so that it can be signed. */
  public static final Iri ROOT = new Iri("https://fleet.example/id/root");

  private RandomGraphs() {}

  /** Graphs with up to 8 blank nodes and 24 triples. */
  public static Arbitrary<Graph> all() {
    return Arbitraries.randomValue(RandomGraphs::graph);
  }

  public static Graph graph(Random random) {
    List<Resource> nodes = new ArrayList<>();
    nodes.add(ROOT);
    IntStream.range(0, random.nextInt(9)).forEach(i -> nodes.add(new Blank()));
    IntStream.range(0, random.nextInt(3)).forEach(i -> nodes.add(new Iri("urn:node:" + i)));
    Graph.Builder graph = Graph.builder();
    graph.add(ROOT, new Iri("urn:p:0"), nodes.get(nodes.size() - 1));
    int triples = random.nextInt(24);
    int predicates = 1 + random.nextInt(3);
    for (int i = 0; i < triples; i++) {
      Term object =
          random.nextInt(5) == 0 ? literal(random) : nodes.get(random.nextInt(nodes.size()));
      graph.add(
          nodes.get(random.nextInt(nodes.size())),
          new Iri("urn:p:" + random.nextInt(predicates)),
          object);
    }
    return graph.build();
  }

  private static Literal literal(Random random) {
    String odd = "a\t\b\n\r\f\"\\\u0001\u007f\u0085\u00e9\u20ac\u2028'@^<>";
    String text =
        random
            .ints(random.nextInt(4), 0, odd.length())
            .collect(
                StringBuilder::new, (all, at) -> all.append(odd.charAt(at)), StringBuilder::append)
            .toString();
    return switch (random.nextInt(3)) {
      case 0 -> Literal.of(text);
      case 1 -> Literal.inLanguage(text, "en-gb");
      default -> Literal.of(text, Xsd.INTEGER);
    };
  }

  /** The same triples in another order, about other blank nodes. */
  public static Graph disguised(Graph graph, Random random) {
    List<Triple> triples = new ArrayList<>(graph.triples().toList());
    Collections.shuffle(triples, random);
    Map<Term, Blank> others = new HashMap<>();
    Graph.Builder disguised = Graph.builder();
    for (Triple triple : triples) {
      disguised.add(
          (Resource) other(triple.subject(), others),
          triple.predicate(),
          other(triple.object(), others));
    }
    return disguised.build();
  }

  private static Term other(Term term, Map<Term, Blank> others) {
    return term instanceof Blank ? others.computeIfAbsent(term, added -> new Blank()) : term;
  }
}
