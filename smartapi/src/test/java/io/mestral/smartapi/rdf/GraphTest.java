package io.mestral.smartapi.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GraphTest {
  private static final Iri CAR = new Iri("https://fleet.example/id/car-7");
  private static final Iri COLOR = new Iri("https://example.org/vocab#color");

  @Test
  void aTripleAddedTwiceIsThereOnce() {
    Graph graph =
        Graph.builder()
            .add(CAR, COLOR, Literal.of("red"))
            .add(CAR, COLOR, Literal.of("red"))
            .build();
    assertThat(graph.size()).isEqualTo(1);
    assertThat(graph.objects(CAR, COLOR)).containsExactly(Literal.of("red"));
  }

  @Test
  void manyValuesOfOnePropertyStayASetInTheirOrder() {
    Graph.Builder builder = Graph.builder();
    IntStream.range(0, 100_000).forEach(i -> builder.add(CAR, COLOR, Literal.of(i % 50_000)));
    Graph graph = builder.build();
    assertThat(graph.size()).isEqualTo(50_000);
    assertThat(graph.objects(CAR, COLOR)).startsWith(Literal.of(0), Literal.of(1));
    assertThat(graph.contains(CAR, COLOR, Literal.of(49_999))).isTrue();
    assertThat(graph.contains(CAR, COLOR, Literal.of(50_000))).isFalse();
  }

  @Test
  @Timeout(60)
  void textsMadeToCollideDoNotHoldItUp() {
    Graph.Builder builder = Graph.builder();
    for (int i = 0; i < 1 << 16; i++) { // "Aa" and "BB" have the same hash
      StringBuilder text = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      builder.add(CAR, COLOR, Literal.of(text.toString()));
      builder.add(new Iri("urn:" + text), COLOR, CAR);
    }
    assertThat(builder.build().size()).isEqualTo(2 << 16);
  }

  @Test
  void graphsAreEqualInAnyOrder() {
    Graph one =
        Graph.builder().add(CAR, COLOR, Literal.of("red")).add(CAR, Rdf.TYPE, COLOR).build();
    Graph other =
        Graph.builder().add(CAR, Rdf.TYPE, COLOR).add(CAR, COLOR, Literal.of("red")).build();
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one).isNotEqualTo(Graph.builder().addAll(one).add(COLOR, COLOR, CAR).build());
  }

  @Test
  void blankNodesAreEqualToThemselvesAlone() {
    Blank blank = new Blank();
    Graph graph = Graph.builder().add(blank, COLOR, CAR).build();
    assertThat(graph.describes(blank)).isTrue();
    assertThat(graph.describes(new Blank())).isFalse();
  }

  @Test
  void anIriBeginsWithASchemeAndAColon() {
    assertThat(Iri.isAbsolute("urn:uuid:1")).isTrue();
    assertThat(Iri.isAbsolute("x+y-z.1:")).isTrue();
    assertThat(Iri.isAbsolute("color")).isFalse();
    assertThat(Iri.isAbsolute(":a")).isFalse();
    assertThat(Iri.isAbsolute("1a:b")).isFalse();
    assertThat(Iri.isAbsolute("a b:c")).isFalse();
    assertThat(Iri.isAbsolute("")).isFalse();
  }

  @Test
  void whatIsAddedToACopyOfAGraphDoesNotReachTheGraph() {
    Iri one = new Iri("ex:one");
    Iri size = new Iri("ex:size");
    Graph.Builder first = Graph.builder();
    for (int i = 0; i < 20; i++) {
      first.add(one, size, Literal.of(i));
    }
    Graph before = first.add(one, Rdf.TYPE, one).build();
    Graph more =
        Graph.builder()
            .addAll(before)
            .add(one, size, Literal.of(20))
            .add(one, size, Literal.of(3))
            .add(one, Rdf.VALUE, one)
            .build();
    Graph again = Graph.builder().add(one, Rdf.VALUE, one).addAll(before).build();
    assertThat(before.size()).isEqualTo(21);
    assertThat(before.objects(one, size)).hasSize(20);
    assertThat(before.predicates(one)).containsExactly(size, Rdf.TYPE);
    assertThat(more.size()).isEqualTo(23);
    assertThat(more.objects(one, size)).hasSize(21).contains(Literal.of(20));
    assertThat(again.size()).isEqualTo(22);
    assertThat(again.contains(one, size, Literal.of(20))).isFalse();
  }

  @Test
  void aNodeIsDescribedLikeAnotherOne() {
    Iri one = new Iri("ex:one");
    Iri other = new Iri("ex:other");
    Graph graph = Graph.builder().add(one, Rdf.TYPE, one).add(one, Rdf.VALUE, other).build();
    Graph made =
        Graph.builder()
            .addLike(other, graph, one)
            .add(other, Rdf.VALUE, one)
            .addLike(other, graph, one)
            .addLike(one, graph, other)
            .build();
    assertThat(made.triples())
        .containsExactlyInAnyOrder(
            new Triple(other, Rdf.TYPE, one),
            new Triple(other, Rdf.VALUE, other),
            new Triple(other, Rdf.VALUE, one));
    assertThat(made.size()).isEqualTo(3);
    assertThat(graph.size()).isEqualTo(2);
    assertThat(graph.objects(one, Rdf.VALUE)).containsExactly(other);
  }
}
