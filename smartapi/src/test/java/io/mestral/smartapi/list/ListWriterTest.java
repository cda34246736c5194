package io.mestral.smartapi.list;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static io.mestral.smartapi.error.ErrorType.TOO_LARGE_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.jsonld.JsonLdReader;
import io.mestral.smartapi.syntax.jsonld.JsonLdWriter;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.value.Refused;
import io.mestral.smartapi.value.ValueSpace;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListWriterTest {
  private static final Iri NODE = new Iri("https://example.org/vocab#node");
  private static final Limits LONG = Limits.DEFAULT.withBytes(64 << 20);

  private static RdfList back(ListWriter writer, Collection<?> values) {
    Graph.Builder graph = Graph.builder();
    Resource node = writer.writeValues(graph, values);
    return RdfList.read(graph.build(), node).orElseThrow();
  }

  private static RdfList back(ListWriter writer, NudeList list) {
    Graph.Builder graph = Graph.builder();
    Resource node = writer.write(graph, list);
    return RdfList.read(graph.build(), node).orElseThrow();
  }

  private static ListWriter as(ListKind kind) {
    return new ListWriter().as(kind);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Object> nodes(int count) {
    return Collections.nCopies(count, NODE);
  }

  @Property
  void itemsInOrderAreReadAsTheyWereWritten(
      @ForAll("items") List<Term> items, @ForAll("kept") ListKind kind) {
    RdfList list = back(as(kind), items);
    assertThat(list.kind()).isEqualTo(kind);
    assertThat(list.terms()).isEqualTo(items.stream().map(Optional::of).toList());
  }

  @Property
  void itemsWithoutOrderAreReadAsASet(@ForAll("items") List<Term> items) {
    RdfList list = back(as(ListKind.ITEMIZED), items);
    assertThat(list.terms().stream().map(Optional::get).collect(Collectors.toSet()))
        .isEqualTo(new HashSet<>(items));
  }

  @Property
  void gapsOfAnOrderedListStay(@ForAll("items") List<Term> items) {
    List<Optional<Term>> gaps =
        IntStream.range(0, items.size())
            .mapToObj(at -> at % 3 == 1 ? Optional.<Term>empty() : Optional.of(items.get(at)))
            .toList();
    Graph.Builder graph = Graph.builder();
    Resource node = as(ListKind.ORDERED).write(graph, gaps);
    assertThat(RdfList.read(graph.build(), node).orElseThrow().terms()).isEqualTo(gaps);
  }

  @Property
  void doublesOfANudeListAreReadAsTheyWereWritten(@ForAll double[] numbers) {
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).map(d -> d + 0.0).toArray();
    RdfList list = back(new ListWriter(), NudeLists.of(finite));
    assertThat(list.toDoubles()).isEqualTo(finite);
    assertThat(((NudeList) list).columns().get(0).type()).isEqualTo(Xsd.DOUBLE);
  }

  @Property
  void wholeNumbersOfANudeListAreReadAsTheyWereWritten(@ForAll long[] numbers) {
    RdfList list = back(new ListWriter(), NudeLists.of(numbers));
    assertThat(list.toLongs()).isEqualTo(numbers);
    assertThat(((NudeList) list).columns().get(0).type()).isEqualTo(Xsd.INTEGER);
  }

  @Property
  void valuesOfOneTypeAreReadAsTheyWereWritten(@ForAll("alike") List<Object> values) {
    RdfList list = back(as(ListKind.NUDE), values);
    List<Optional<Term>> written =
        values.stream()
            .map(
                value ->
                    Optional.ofNullable(value)
                        .map(some -> io.mestral.smartapi.value.Variant.ofJava(some).term()))
            .toList();
    assertThat(list.size()).isEqualTo(written.size());
    for (int at = 0; at < written.size(); at++) {
      Optional<Term> item = list.terms().get(at);
      assertThat(item.isPresent()).isEqualTo(written.get(at).isPresent());
      if (item.isPresent()) {
        assertThat(ValueSpace.equal(item.get(), written.get(at).get())).isTrue();
        assertThat(((Literal) item.get()).datatype())
            .isEqualTo(((Literal) written.get(at).get()).datatype());
      }
    }
  }

  @Property
  void tuplesAreReadAsTheyWereWritten(@ForAll double[] numbers) {
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).map(d -> d + 0.0).toArray();
    List<Instant> moments =
        LongStream.range(0, finite.length).mapToObj(Instant::ofEpochSecond).toList();
    NudeList list =
        NudeLists.tuples(
            List.of("instant", "value"),
            List.of(NudeLists.ofValues(moments), NudeLists.of(finite)));
    NudeList back = (NudeList) back(new ListWriter(), list);
    assertThat(back.columnNames()).containsExactly("instant", "value");
    if (finite.length > 0) {
      assertThat(back.column("value").toDoubles()).isEqualTo(finite);
      assertThat(back.column("instant").variants())
          .allMatch(moment -> moment.orElseThrow().asInstant() != null);
    }
    assertThat(back.json()).isEqualTo(list.json());
  }

  @Provide
  Arbitrary<ListKind> kept() {
    return Arbitraries.of(ListKind.LINKED, ListKind.ORDERED);
  }

  @Provide
  Arbitrary<List<Term>> items() {
    return Arbitraries.oneOf(
            Arbitraries.strings().map(text -> (Term) Literal.of(text)),
            Arbitraries.doubles().map(number -> (Term) Literal.of(number)),
            Arbitraries.integers().between(0, 5).map(number -> (Term) Literal.of(number)),
            Arbitraries.of(NODE, new Blank(), Rdf.NIL))
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Object>> alike() {
    return Arbitraries.oneOf(
        alike(Arbitraries.strings().alpha()),
        alike(Arbitraries.strings().withChars('"', '\\', '\n', 'é', '€', ' ')),
        alike(Arbitraries.doubles()),
        alike(Arbitraries.longs()),
        alike(Arbitraries.integers()),
        alike(Arbitraries.bigIntegers()),
        alike(Arbitraries.bigDecimals()),
        alike(Arbitraries.of(true, false)),
        alike(Arbitraries.integers().between(-100_000, 100_000).map(LocalDate::ofEpochDay)),
        alike(
            Arbitraries.longs()
                .between(-60_000_000_000_000L, 300_000_000_000_000L)
                .map(Instant::ofEpochMilli)));
  }

  private static Arbitrary<List<Object>> alike(Arbitrary<?> values) {
    return values.injectNull(0.1).list().ofMaxSize(40).map(ListWriterTest::objects);
  }

  private static List<Object> objects(List<?> values) {
    return Collections.unmodifiableList(new ArrayList<>(values));
  }

  @Test
  void moreThanAHundredPlainValuesBecomeANudeList() {
    assertThat(back(new ListWriter(), numbers(100)).kind()).isEqualTo(ListKind.ORDERED);
    assertThat(back(new ListWriter(), numbers(101)).kind()).isEqualTo(ListKind.NUDE);
    assertThat(back(new ListWriter().unordered(), numbers(101)).kind()).isEqualTo(ListKind.NUDE);
    assertThat(back(new ListWriter(), nodes(101)).kind()).isEqualTo(ListKind.ORDERED);
    assertThat(back(new ListWriter(), List.of()).kind()).isEqualTo(ListKind.ORDERED);
    assertThat(back(as(ListKind.NUDE), numbers(3)).kind()).isEqualTo(ListKind.NUDE);
  }

  @Test
  void whatANudeListCannotHoldBecomesAnOrderedList() {
    List<Object> mixed = new ArrayList<>(numbers(200));
    mixed.add("a");
    assertThat(back(new ListWriter(), mixed).kind()).isEqualTo(ListKind.ORDERED);
    List<Object> infinite = new ArrayList<>(Collections.nCopies(200, 1.5));
    infinite.add(Double.POSITIVE_INFINITY);
    RdfList list = back(new ListWriter(), infinite);
    assertThat(list.kind()).isEqualTo(ListKind.ORDERED);
    assertThat(list.toDoubles()[200]).isInfinite();
  }

  @Test
  void aListThatIsTooLongIsRefusedWithTheKindThatWouldHoldIt() {
    Refused.as(
        TOO_LARGE_ERROR,
        () -> back(as(ListKind.LINKED), nodes(1_001)),
        "LinkedList",
        "1,001",
        "1,000",
        "OrderedList",
        "100,000");
    Refused.as(
        TOO_LARGE_ERROR,
        () -> back(as(ListKind.ORDERED), nodes(100_001)),
        "OrderedList",
        "100,001",
        "100,000",
        "ItemizedList",
        "1,000,000");
    Refused.as(
        TOO_LARGE_ERROR,
        () -> back(as(ListKind.ITEMIZED), nodes(1_000_001)),
        "ItemizedList",
        "1,000,001",
        "NudeList",
        "10,000,000");
    Refused.as(
        TOO_LARGE_ERROR,
        () -> back(new ListWriter(), nodes(100_001)),
        "100,001",
        "OrderedList",
        "without order",
        "ItemizedList",
        "NudeList");
    Refused.as(
        TOO_LARGE_ERROR,
        () -> NudeLists.of(new long[10_000_001]),
        "NudeList",
        "10,000,001",
        "10,000,000",
        "several lists");
    assertThat(back(new ListWriter().unordered(), nodes(100_001)).kind())
        .isEqualTo(ListKind.ITEMIZED);
  }

  @Test
  void aListThatIsTooLongIsNotRead() {
    Graph.Builder graph = Graph.builder();
    Resource start = chain(graph, 100_001);
    Refused.as(
        TOO_LARGE_ERROR,
        () -> RdfList.read(graph.build(), start),
        "LinkedList",
        "100,001",
        "100,000",
        "ItemizedList");
    Graph.Builder sparse = Graph.builder();
    Resource holder = new Blank();
    Resource array = new Blank();
    sparse.add(holder, Rdf.FIRST, array);
    sparse.add(array, SmartApi.INDEXED_ARRAY, new Blank());
    sparse.add(array, SmartApi.SIZE, Literal.of(1_000_001));
    Refused.as(
        TOO_LARGE_ERROR, () -> RdfList.read(sparse.build(), holder), "OrderedList", "1,000,000");
    Refused.as(
        TOO_LARGE_ERROR,
        () -> nude("[" + "1,".repeat(10_000_000) + "1]"),
        "NudeList",
        "10,000,001",
        "10,000,000");
  }

  private static RdfList nude(String json) {
    Graph.Builder graph = Graph.builder();
    Resource holder = new Blank();
    Resource array = new Blank();
    Resource raw = new Blank();
    graph.add(holder, Rdf.FIRST, array).add(array, SmartApi.RAW_ARRAY, raw);
    graph.add(raw, Rdf.VALUE, Literal.of(json, Rdf.JSON));
    return RdfList.read(graph.build(), holder).orElseThrow();
  }

  private static Resource chain(Graph.Builder graph, int length) {
    Resource start = new Blank();
    Resource cell = start;
    for (int at = 0; at < length; at++) {
      Resource next = at == length - 1 ? Rdf.NIL : new Blank();
      graph.add(cell, Rdf.FIRST, Literal.of(at)).add(cell, Rdf.REST, next);
      cell = next;
    }
    return start;
  }

  /** In a stack that recursion over so many items would overflow at once. */
  @ParameterizedTest
  @EnumSource
  void aHundredThousandItemsNeedNoStackInAnySyntax(ListKind kind) throws InterruptedException {
    sumInto(new ArrayList<>(), kind, 10); // initialising Jena's classes takes more
    List<Long> sums = new ArrayList<>();
    Thread thread = new Thread(null, () -> sumInto(sums, kind, 100_000), "small stack", 1 << 17);
    thread.start();
    thread.join();
    assertThat(sums).hasSize(4).containsOnly(99_999L * 100_000 / 2);
  }

  private static void sumInto(List<Long> sums, ListKind kind, int count) {
    Graph.Builder builder = Graph.builder();
    Resource list =
        kind == ListKind.LINKED // more than are written
            ? chain(builder, count)
            : as(kind).writeValues(builder, numbers(count));
    Graph graph = builder.add(NODE, SmartApi.LIST, list).build();
    JsonLdWriter json = new JsonLdWriter(LONG);
    sums.add(sum(graph));
    sums.add(sum(new TurtleReader(LONG).read(new TurtleWriter().write(graph))));
    sums.add(sum(new NTriplesReader(LONG).read(new NTriplesWriter().write(graph))));
    sums.add(sum(new JsonLdReader(LONG).read(json.write(graph, NODE, JsonLdForm.CONTEXT_INLINED))));
  }

  private static long sum(Graph graph) {
    return sum(RdfList.read(graph, graph.object(NODE, SmartApi.LIST).orElseThrow()).orElseThrow());
  }

  private static long sum(RdfList list) {
    long sum = 0;
    for (var item : list) {
      sum += item.orElseThrow().asLong();
    }
    return sum;
  }

  @Test
  void whatAKindCannotHoldIsRefused() {
    List<Integer> gap = Arrays.asList(1, null);
    Refused.as(INVALID_PARAMS, () -> back(as(ListKind.LINKED), gap), "LinkedList", "OrderedList");
    Refused.as(INVALID_PARAMS, () -> back(as(ListKind.ITEMIZED), gap), "ItemizedList");
    Refused.as(INVALID_PARAMS, () -> back(as(ListKind.NUDE), nodes(1)), "node", "plain values");
    Refused.as(INVALID_PARAMS, () -> back(as(ListKind.NUDE), List.of(1, "a")), "string", "integer");
    Refused.as(
        INVALID_PARAMS,
        () -> back(as(ListKind.NUDE), List.of(Literal.of("2026-03-01T08:00:00", Xsd.DATE_TIME))),
        "zone");
    Refused.as(INVALID_PARAMS, () -> NudeLists.of(new double[] {1, Double.NaN}), "item 1", "null");
    Refused.as(
        INVALID_PARAMS,
        () -> NudeLists.withGaps(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}),
        "item 1",
        "-Infinity");
    Refused.as(INVALID_PARAMS, () -> NudeLists.ofValues(List.of("a\uD800")), "surrogate");
    Refused.as(
        INVALID_PARAMS,
        () ->
            NudeLists.tuples(
                List.of("a", "b"), List.of(NudeLists.of(new long[1]), NudeLists.of(new long[2]))),
        "[1, 2]");
  }

  @Test
  void missingDoublesAreNull() {
    NudeList list = NudeLists.withGaps(new double[] {1.5, Double.NaN, -0.0});
    assertThat(list.json()).isEqualTo("[1.5,null,0]");
    assertThat(back(new ListWriter(), list).toDoubles()).containsExactly(1.5, Double.NaN, 0);
  }

  @Test
  void longsBeyondWhatJsonHoldsAreStrings() {
    assertThat(NudeLists.of(new long[] {1, 9007199254740991L}).json())
        .isEqualTo("[1,9007199254740991]");
    assertThat(NudeLists.of(new long[] {1, 9007199254740992L}).json())
        .isEqualTo("[\"1\",\"9007199254740992\"]");
  }

  @Test
  void theHolderHasRdfFirstAndTheBaseObject() {
    for (ListKind kind : ListKind.values()) {
      Graph.Builder builder = Graph.builder();
      Resource node = as(kind).withBaseObject(NODE).writeValues(builder, List.of(1, 2));
      Graph graph = builder.build();
      assertThat(graph.objects(node, Rdf.FIRST)).hasSize(1);
      assertThat(graph.objects(node, Dct.ABSTRACT)).isEmpty();
      assertThat(RdfList.read(graph, node).orElseThrow().baseObject()).contains(NODE);
    }
    Refused.as(
        INVALID_PARAMS,
        () -> back(as(ListKind.LINKED).withBaseObject(NODE), List.of()),
        "empty LinkedList");
    assertThat(as(ListKind.LINKED).writeValues(Graph.builder(), List.of())).isEqualTo(Rdf.NIL);
  }

  @Test
  void legacyPeersGetAPlainString() {
    Graph.Builder graph = Graph.builder();
    NudeList list = NudeLists.of(new double[] {19, 20.5});
    Resource node = new ListWriter().legacy().write(graph, list);
    Graph built = graph.build();
    Set<Term> literals =
        built
            .triples()
            .map(Triple::object)
            .filter(Literal.class::isInstance)
            .collect(Collectors.toSet());
    assertThat(literals).containsExactly(Literal.of("[19,20.5]"));
    assertThat(built.triples().anyMatch(t -> t.predicate().equals(Sx.ITEM_TYPE))).isTrue();
    assertThat(RdfList.read(built, node).orElseThrow().toDoubles()).containsExactly(19, 20.5);
  }

  @Test
  void tuplesOfOneTypeSayWhich() {
    NudeList places =
        NudeLists.tuples(
            List.of("lat", "long"),
            List.of(NudeLists.of(new double[] {60, 61}), NudeLists.of(new double[] {24, 25})));
    NudeList back = (NudeList) back(new ListWriter(), places);
    assertThat(back.json()).isEqualTo("[[60,24],[61,25]]");
    assertThat(back.column("lat").type()).isEqualTo(Xsd.DOUBLE);
  }
}
