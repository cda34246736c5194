package io.mestral.smartapi.value;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static io.mestral.smartapi.error.ErrorType.PARSE_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.TurtleText;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DictionaryTest {
  private static final Iri MAP = new Iri("https://example.org/vocab#m");

  private static Dictionary read(String turtle) {
    return Dictionary.read(TurtleText.graph(turtle), MAP);
  }

  @Test
  void theExampleIsRead() {
    Graph graph = TurtleText.example("19e-map");
    Resource map =
        graph.subjects().stream()
            .filter(subject -> graph.contains(subject, Rdf.TYPE, Types.MAP))
            .findFirst()
            .orElseThrow();
    Dictionary dictionary = Dictionary.read(graph, map);
    assertThat(dictionary.get("mode")).contains(Variant.of("eco"));
    assertThat(dictionary.get("level")).contains(Variant.of(4));
    assertThat(dictionary.get("else")).isEmpty();
  }

  @Test
  void entriesLackingKeyOrValueAreLeftOut() {
    Dictionary dictionary =
        read(
            "ex:m smartapi:entry [ smartapi:key \"a\" ], [ rdf:value 1 ], \"text\","
                + " [ smartapi:key ex:b ; rdf:value 2 ].");
    assertThat(dictionary.entries())
        .isEqualTo(Map.of(new Iri("https://example.org/vocab#b"), Literal.of(2)));
  }

  @Test
  void equalKeysTwiceAreRefused() {
    Refused.as(
        PARSE_ERROR,
        () ->
            read(
                "ex:m smartapi:entry [ smartapi:key 1 ; rdf:value 1 ],"
                    + " [ smartapi:key 1.0 ; rdf:value 2 ]."),
        "twice");
    Refused.as(
        PARSE_ERROR,
        () -> read("ex:m smartapi:entry [ smartapi:key \"a\" ; rdf:value 1, 2 ]."),
        "2 values");
    Map<Object, Object> equal = new LinkedHashMap<>();
    equal.put(1L, "a");
    equal.put(1.0, "b");
    Refused.as(INVALID_PARAMS, () -> Dictionary.of(equal), "twice");
  }

  @Property
  void aDictionaryIsReadAsItWasWritten(@ForAll Map<String, Double> values) {
    Dictionary dictionary = Dictionary.of(values);
    Graph.Builder graph = Graph.builder();
    Resource map = dictionary.write(graph);
    Dictionary back = Dictionary.read(graph.build(), map);
    assertThat(back).isEqualTo(dictionary).hasSameHashCodeAs(dictionary);
    assertThat(back.size()).isEqualTo(values.size());
    values.forEach((key, value) -> assertThat(back.get(key)).contains(Variant.of(value)));
  }

  @Test
  void parametersOfOneNameAddUp() {
    Parameters parameters =
        Parameters.read(
            TurtleText.graph(
                "ex:m smartapi:parameter [ smartapi:key \"a\" ; rdf:value 1, 2 ],"
                    + " [ smartapi:key \"a\" ; rdf:value 3 ], [ smartapi:key \"b\" ; rdf:value"
                    + " \"x\" ], [ rdf:value 9 ]."),
            MAP);
    assertThat(parameters.names()).containsExactlyInAnyOrder("a", "b");
    assertThat(parameters.values("a"))
        .containsExactlyInAnyOrder(Variant.of(1), Variant.of(2), Variant.of(3));
    assertThat(parameters.value("b")).contains(Variant.of("x"));
    assertThat(parameters.value("c")).isEmpty();
    Refused.as(INVALID_PARAMS, () -> parameters.value("a"), "\"a\"", "3 values");
  }

  @Test
  void aMalformedParameterIsRefused() {
    Refused.as(
        PARSE_ERROR,
        () -> Parameters.read(TurtleText.graph("ex:m smartapi:parameter \"a\"."), MAP),
        "a node");
    Refused.as(
        PARSE_ERROR,
        () ->
            Parameters.read(
                TurtleText.graph("ex:m smartapi:parameter [ smartapi:key \"a\", \"b\" ]."), MAP),
        "2 keys");
  }

  @Test
  void namesThatAreIrisBecomeProperties() {
    Graph.Builder builder = Graph.builder();
    Parameters.write(builder, MAP, "https://example.org/vocab#speed", java.util.List.of(5));
    Parameters.write(builder, MAP, "max speed", java.util.Arrays.asList(6, null, 7));
    Parameters.write(builder, MAP, "none", java.util.Collections.singletonList(null));
    Graph graph = builder.build();
    assertThat(graph.objects(MAP, new Iri("https://example.org/vocab#speed")))
        .containsExactly(Literal.of(5));
    Parameters parameters = Parameters.read(graph, MAP);
    assertThat(parameters.names()).containsExactly("max speed");
    assertThat(parameters.values("max speed")).containsExactly(Variant.of(6), Variant.of(7));
    Graph.Builder again = Graph.builder();
    parameters.write(again, MAP);
    assertThat(Parameters.read(again.build(), MAP)).isEqualTo(parameters);
    assertThat(graph.objects(MAP, SmartApi.PARAMETER)).hasSize(1);
  }
}
