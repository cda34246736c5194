package io.mestral.smartapi.list;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static io.mestral.smartapi.error.ErrorType.PARSE_ERROR;
import static io.mestral.smartapi.error.ErrorType.TOO_LARGE_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.TurtleText;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Refused;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdfListTest {
  private static final Iri S = new Iri("https://example.org/vocab#s");

  private static Optional<RdfList> find(String turtle) {
    Graph graph = TurtleText.graph("ex:s smartapi:list " + turtle + " .");
    return RdfList.read(graph, graph.object(S, SmartApi.LIST).orElseThrow());
  }

  private static RdfList read(String turtle) {
    return find(turtle).orElseThrow();
  }

  private static String nude(String json) {
    return "[ rdf:first [ smartapi:rawArray [ rdf:value '''" + json + "'''^^rdf:JSON ] ] ]";
  }

  private static String nude(String json, String more) {
    return "[ rdf:first [ smartapi:rawArray [ rdf:value '''"
        + json
        + "'''^^rdf:JSON ] ; "
        + more
        + " ] ]";
  }

  private static void refused(String turtle, String... texts) {
    Refused.as(PARSE_ERROR, () -> find(turtle), texts);
  }

  @ParameterizedTest
  @CsvSource({
    "19a-linked-list, LINKED",
    "19b-ordered-list, ORDERED",
    "19c-itemized-list, ITEMIZED",
    "19d-nude-list, NUDE"
  })
  void theExamplesAreOneList(String example, ListKind kind) {
    RdfList list = example(example);
    assertThat(list.kind()).isEqualTo(kind);
    assertThat(list.size()).isEqualTo(3);
    assertThat(list.baseObject()).isEmpty();
    if (kind == ListKind.ITEMIZED) {
      assertThat(list.toLongs()).containsExactlyInAnyOrder(19, 20, 18);
    } else {
      assertThat(list.toLongs()).containsExactly(19, 20, 18);
      assertThat(list.toDoubles()).containsExactly(19, 20, 18);
      assertThat(list)
          .containsExactly(
              Optional.of(Variant.of(19)),
              Optional.of(Variant.of(20)),
              Optional.of(Variant.of(18)));
      assertThat(list.strings())
          .containsExactly(Optional.of("19"), Optional.of("20"), Optional.of("18"));
    }
  }

  @Test
  void theExampleOfTuplesHasNamedColumns() {
    NudeList list = (NudeList) example("19f-nude-tuples");
    assertThat(list.hasTuples()).isTrue();
    assertThat(list.columnNames()).containsExactly("instant", "value");
    assertThat(list.column("value").toDoubles()).containsExactly(19.1, 19.3);
    assertThat(list.column("instant").variants().get(1).orElseThrow().asInstant())
        .isEqualTo("2026-03-01T00:07:30Z");
    assertThat(list.terms().get(0))
        .contains(Literal.of("[\"2026-03-01T00:00:00Z\",19.1]", Rdf.JSON));
    Refused.as(INVALID_PARAMS, () -> list.column("speed"), "\"speed\"", "[instant, value]");
    Refused.as(INVALID_PARAMS, list::toDoubles, "tuples");
  }

  @Test
  void theExampleOfAnEvenlySpacedSeriesHasAGap() {
    RdfList list = example("10b-context-response");
    assertThat(list.toDoubles()).containsExactly(19.1, 18.7, 20.4, Double.NaN);
    assertThat(list.terms().get(3)).isEmpty();
    Refused.as(INVALID_PARAMS, list::toLongs, "item");
  }

  private static RdfList example(String name) {
    Graph graph = TurtleText.example(name);
    Term node =
        graph
            .triples()
            .filter(triple -> triple.predicate().equals(SmartApi.LIST))
            .map(Triple::object)
            .findFirst()
            .orElseThrow();
    return RdfList.read(graph, node).orElseThrow();
  }

  @Test
  void whatHasNoListsStructureIsNone() {
    assertThat(find("5")).isEmpty();
    assertThat(find("ex:other")).isEmpty();
    assertThat(find("[ rdf:first 5 ]")).isEmpty();
    assertThat(find("[ rdf:first 5, 6 ]")).isEmpty();
    assertThat(find("[ dct:abstract \"what it is about\" ]")).isEmpty();
    assertThat(find("[ a <https://w3id.org/smartapi-edge/1.0#OrderedList> ]")).isEmpty();
    assertThat(read("()").size()).isZero();
    assertThat(read("()").kind()).isEqualTo(ListKind.LINKED);
  }

  @Test
  void detectionGoesByTheOrderOfTheStructures() {
    assertThat(
            read("[ rdf:first [ smartapi:rawArray [ rdf:value '[1]'^^rdf:JSON ] ;"
                    + " smartapi:array [ rdf:value 2 ] ; smartapi:indexedArray [] ] ]")
                .kind())
        .isEqualTo(ListKind.NUDE);
    assertThat(
            read("[ rdf:first [ smartapi:array [ rdf:value 2 ] ; smartapi:indexedArray [] ] ]")
                .kind())
        .isEqualTo(ListKind.ITEMIZED);
    assertThat(read("[ rdf:first [ smartapi:rawArray [] ] ; rdf:rest () ]").kind())
        .isEqualTo(ListKind.LINKED);
  }

  @Test
  void theHolderOfThePublishedSdkIsRead() {
    RdfList list =
        read(
            "[ dct:abstract [ smartapi:indexedArray [ smartapi:entry [ smartapi:index 0 ;"
                + " rdf:value 7 ] ] ] ; smartapi:baseObject ex:base ]");
    assertThat(list.toLongs()).containsExactly(7);
    assertThat(list.baseObject()).contains(new Iri("https://example.org/vocab#base"));
  }

  @Test
  void anOrderedListMayHaveGaps() {
    RdfList list =
        read(
            "[ rdf:first [ smartapi:size 5 ; smartapi:indexedArray [ smartapi:entry"
                + " [ smartapi:index 3 ; rdf:value 7 ], [ smartapi:index 1 ; rdf:value 8 ],"
                + " [ smartapi:index 2 ] ] ] ]");
    assertThat(list.toDoubles()).containsExactly(Double.NaN, 8, Double.NaN, 7, Double.NaN);
    assertThat(
            read("[ rdf:first [ smartapi:indexedArray [ smartapi:entry [ smartapi:index 2 ;"
                    + " rdf:value 7 ] ] ] ]")
                .size())
        .isEqualTo(3);
    RdfList empty = read("[ rdf:first [ smartapi:size 4 ; smartapi:indexedArray [] ] ]");
    assertThat(empty.terms()).hasSize(4).allMatch(Optional::isEmpty);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ smartapi:index 0 ; rdf:value 1 ], [ smartapi:index 0 ; rdf:value 2 ] | two entries",
        "[ smartapi:index 5 ; rdf:value 1 ] | outside",
        "[ smartapi:index -1 ; rdf:value 1 ] | outside",
        "[ smartapi:index 1.0E0 ; rdf:value 1 ] | whole number",
        "[ smartapi:index 'a' ; rdf:value 1 ] | whole number",
        "[ smartapi:index 0, 1 ; rdf:value 1 ] | 2 values",
        "[ rdf:value 1 ] | 0 values",
        "[ smartapi:index 0 ; rdf:value 1, 2 ] | 2 values",
        "5 | literal"
      })
  void aMalformedOrderedListIsRefused(String entries, String problem) {
    refused(
        "[ rdf:first [ smartapi:size 5 ; smartapi:indexedArray [ smartapi:entry "
            + entries
            + " ] ] ]",
        problem);
  }

  @Test
  void aMalformedSizeIsRefused() {
    refused("[ rdf:first [ smartapi:size -1 ; smartapi:indexedArray [] ] ]", "-1");
    refused("[ rdf:first [ smartapi:size 'a' ; smartapi:indexedArray [] ] ]", "size");
    refused("[ rdf:first [ smartapi:indexedArray 5 ] ]", "a literal");
    refused("[ rdf:first [ smartapi:array [] ], [] ]", "2 values of rdf:first");
  }

  @Test
  void anItemizedListsSizeIsAHint() {
    assertThat(read("[ rdf:first [ smartapi:size 9 ; smartapi:array [ rdf:value 1, 2 ] ] ]").size())
        .isEqualTo(2);
  }

  @Test
  void aMalformedLinkedListIsRefused() {
    refused(
        "ex:a . ex:a rdf:first 1 ; rdf:rest ex:b . ex:b rdf:first 2 ; rdf:rest ex:a", "comes back");
    refused("ex:a . ex:a rdf:first 1 ; rdf:rest ex:a", "comes back");
    refused("[ rdf:first 1, 2 ; rdf:rest () ]", "2 values");
    refused("[ rdf:first 1 ; rdf:rest (), ex:b ]", "2 values");
    refused("[ rdf:rest () ]", "0 values");
    refused("[ rdf:first 1 ; rdf:rest ex:b ]", "0 values");
    refused("[ rdf:first 1 ; rdf:rest 'end' ]", "literal");
  }

  @Test
  void itemsOfANudeListAreOfOneInferredType() {
    assertThat(((NudeList) read(nude("[1,2]"))).columns().get(0).type()).isEqualTo(Xsd.INTEGER);
    assertThat(((NudeList) read(nude("[1,2.5]"))).columns().get(0).type()).isEqualTo(Xsd.DOUBLE);
    assertThat(read(nude("[1,null,2.5,3]")).toDoubles()).containsExactly(1, Double.NaN, 2.5, 3);
    assertThat(read(nude("[\"a\",null]")).terms())
        .containsExactly(Optional.of(Literal.of("a")), Optional.empty());
    assertThat(read(nude("[true,false]")).terms())
        .containsExactly(Optional.of(Literal.of(true)), Optional.of(Literal.of(false)));
    assertThat(read(nude("[]")).size()).isZero();
    assertThat(read(nude("[null,null]")).toDoubles()).containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void thePlainStringOfThePublishedSdkIsRead() {
    assertThat(
            read("[ rdf:first [ smartapi:rawArray [ rdf:value ' [19.0, 20.5] ' ] ] ]").toDoubles())
        .containsExactly(19, 20.5);
    refused("[ rdf:first [ smartapi:rawArray [ rdf:value 5 ] ] ]", "rdf:JSON or xsd:string");
  }

  @Test
  void itemTypesOfNudeListsAreKept() {
    assertThat(read(nude("[1,2]", "sx:itemType xsd:double")).terms())
        .contains(Optional.of(Literal.of(1.0)));
    assertThat(read(nude("[1,2.0]", "sx:itemType xsd:long")).terms())
        .contains(Optional.of(Literal.of("2", Xsd.LONG)));
    assertThat(read(nude("[\"9223372036854775807\"]", "sx:itemType xsd:integer")).toLongs())
        .containsExactly(Long.MAX_VALUE);
    assertThat(read(nude("[\"14.70\",null]", "sx:itemType xsd:decimal")).terms())
        .containsExactly(Optional.of(Literal.of("14.70", Xsd.DECIMAL)), Optional.empty());
    assertThat(
            read(nude("[\"2026-03-01T08:00:00+02:00\"]", "sx:itemType xsd:dateTime"))
                .variants()
                .get(0)
                .orElseThrow()
                .asInstant())
        .isEqualTo("2026-03-01T06:00:00Z");
    assertThat(read(nude("[\"2026-03-01\"]", "sx:itemType xsd:date")).strings())
        .containsExactly(Optional.of("2026-03-01"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1.5] | integer | 1.5",
        "[9007199254740992] | integer | 2^53-1",
        "[-9007199254740992] | long | 2^53-1",
        "[1e300] | integer | 2^53-1",
        "[\"a\"] | integer | \"a\"",
        "[\"9223372036854775808\"] | long | no <",
        "[\"1\"] | double | strings",
        "[1] | decimal | numbers",
        "[1] | string | numbers",
        "[1] | boolean | numbers",
        "[true] | string | truth values",
        "[\"true\"] | boolean | strings",
        "[\"1e5\"] | decimal | 1e5",
        "[\"2026-03-01T08:00:00\"] | dateTime | zone",
        "[\"2026-02-30\"] | date | 2026-02-30",
        "[1] | duration | allowed are",
        "[1e400] | double | range"
      })
  void itemsThatAreNotOfTheItemTypeAreRefused(String json, String type, String problem) {
    refused(nude(json, "sx:itemType xsd:" + type), problem);
  }

  @Test
  void wholeNumbersThatNoIntegerMayBeAreDoubles() {
    RdfList list = read(nude("[9007199254740992,100000000000000000000,1]"));
    assertThat(list.toDoubles()).containsExactly(9007199254740992.0, 1e20, 1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,\"a\"]",
        "[\"a\",1]",
        "[true,1]",
        "[1.5,true]",
        "[1,[2]]",
        "[[1],2]",
        "[[1],[2,3]]",
        "[[1,2],[3]]",
        "[[]]",
        "[[1],[]]",
        "[[[1]]]",
        "[{}]",
        "[[{}]]",
        "[[1],[\"a\"]]",
        "{}",
        "1",
        "[1",
        "[1] 2",
        "[1,]",
        "",
        "[NaN]",
        "[01]",
        "[1e400]",
        "[9007199254740993]",
        "[123456789012345678901234567890]",
        "[\"\\\\ud800\"]",
        "['a']",
        "[/*c*/1]"
      })
  void aMalformedArrayIsRefused(String json) {
    refused(nude(json), "A NudeList ");
  }

  @Test
  void aDeeplyNestedArrayIsRefused() {
    refused(nude("[".repeat(500_000)), "A NudeList ");
  }

  @Test
  void tuplesHaveAsManyColumnsAsTheirNames() {
    refused(nude("[[1,2]]", "sx:tupleShape 'lat long alt'"), "names 3 columns", "has 2");
    refused(nude("[1,2]", "sx:tupleShape 'lat long'"), "no tuples");
    refused(nude("[[1,2]]", "sx:tupleShape 'a a'"), "twice");
    refused(nude("[[1,2]]", "sx:tupleShape ''"), "names columns");
    Refused.as(TOO_LARGE_ERROR, () -> find(nude("[[" + "1,".repeat(1000) + "1]]")), "1000 columns");
    NudeList gaps = (NudeList) read(nude("[null,[1,\"a\"],[null,\"b\"]]", "sx:tupleShape 'n t'"));
    assertThat(gaps.size()).isEqualTo(3);
    assertThat(gaps.column("n").toDoubles()).containsExactly(Double.NaN, 1, Double.NaN);
    assertThat(gaps.column("t").strings())
        .containsExactly(Optional.empty(), Optional.of("a"), Optional.of("b"));
  }
}
