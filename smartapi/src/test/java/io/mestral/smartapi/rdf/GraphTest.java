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
}
