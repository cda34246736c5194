package io.mestral.smartapi.syntax.turtle;

import static io.mestral.smartapi.syntax.turtle.Examples.assertAlike;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.random.RandomGraphs;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.Limits;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What is written is read back, and the fast path is Jena's. */
class TurtlePropertyTest {
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);
  private static final TurtleWriter WRITER = new TurtleWriter();
  private static final List<String> DOCUMENTS =
      Examples.turtle().stream().map(file -> new String(Examples.bytes(file), UTF_8)).toList();

  /** Statements short enough that a change hits what matters, with what examples haven't. */
  private static final List<String> SNIPPETS =
      List.of(
          "@prefix e: <http://e/> . e:a a e:B ; e:p 1, 2.5 , -3e4 , .5E-1, 1. ",
          "PREFIX : <x:>\n:a :b \"c\"@en-GB , 'd'^^:e, \"\"\"f\"g\\\"\n\"\"\" ; ; .",
          "@prefix e: <http://e/> . [] e:p ( 1 ( ) [ e:q true ; ] 'a' ) . [ e:a e:b ] .",
          "<x:a> <x:b> _:c.d , _:0 . _:c.d <x:b> <x:é> .# end\n<x:a> a <x:b>.",
          "prefix e.f: <x:#> e.f:g.h:i e.f:-j \"\\u0041\\U0001F600\\t\" . ( 1 ) e.f:k ''.",
          "@base <http://b/c/> . @prefix d: <d#> . <e> d:f\\~g <../h?i> , d:%20 .");

  /** What is put in: every character with a meaning, and words. */
  private static final List<String> INSERTED =
      List.of(
          ".",
          ";",
          ",",
          "[",
          "]",
          "(",
          ")",
          "<",
          ">",
          "\"",
          "'",
          "\"\"\"",
          "'''",
          "\\",
          "@",
          "^^",
          "#",
          ":",
          "_:",
          "_",
          "-",
          "+",
          "e",
          "E5",
          "1",
          "0x1",
          " ",
          "\n",
          "\r",
          "\t",
          "\f",
          "a",
          "a ",
          "true",
          "false",
          "True",
          "@en",
          "@prefix",
          "@base",
          "PREFIX ",
          "BASE ",
          "%",
          "%41",
          "\\u0041",
          "\\uD800",
          "\\U0010FFFF",
          "\\U00110000",
          "\\n",
          "\\'",
          "\\.",
          "<<",
          ">>",
          "{",
          "}",
          "|",
          "~",
          "{|",
          "é",
          "·",
          "😀",
          "\uFEFF",
          "\uFFFE",
          "\u0001",
          "\u007F",
          "--ltr",
          "=",
          "$",
          "?x",
          "`",
          "<x:y>",
          "<y>",
          "<_:z>",
          "<::z>",
          "rdf:",
          "^^rdf:langString",
          "^^xsd:integer",
          "..",
          ". .",
          "[]",
          "()",
          "1.",
          ".1",
          "1.e1",
          "VERSION \"1.2\"");

  @Property
  void aGraphIsReadBackFromTurtle(@ForAll("graphs") Graph graph) {
    byte[] turtle = WRITER.write(graph);
    assertAlike(graph, READER.read(turtle), lazily(turtle));
    assertThat(WRITER.write(graph)).isEqualTo(turtle);
  }

  @Property
  void whatIsWrittenTakesTheFastPath(@ForAll("graphs") Graph graph) throws Doubt {
    byte[] turtle = WRITER.write(graph);
    Text text = Text.of("Turtle", turtle, Limits.DEFAULT);
    assertAlike(READER.general(text), READER.fast(text), lazily(turtle));
  }

  @Property
  void aGraphIsReadBackFromNTriples(@ForAll("graphs") Graph graph) {
    byte[] lines = new NTriplesWriter().write(graph);
    assertAlike(graph, new NTriplesReader(Limits.DEFAULT).read(lines), lazily(lines));
    assertAlike(graph, READER.read(lines), lazily(lines));
  }

  @Property
  void whatTheFastPathTakesJenaTakesAlike(@ForAll("mutated") String document) {
    assertSame(document.getBytes(UTF_8));
  }

  @Property
  void soItIsWithNTriples(@ForAll("mutatedTriples") String document) {
    byte[] utf8 = document.getBytes(UTF_8);
    Text text = Text.of("N-Triples", utf8, Limits.DEFAULT);
    NTriplesReader reader = new NTriplesReader(Limits.DEFAULT);
    try {
      Graph fast = reader.fast(text);
      Statistics.collect("fast");
      assertAlike(reader.general(text), fast, lazily(utf8));
    } catch (Doubt e) {
      Statistics.collect("general");
    }
  }

  @Property
  void soItIsWithBytesThatAreNoText(
      @ForAll("mutated") String document, @ForAll byte bad, @ForAll int place) {
    byte[] bytes = document.getBytes(UTF_8);
    if (bytes.length > 0) {
      bytes[Math.floorMod(place, bytes.length)] = bad;
    }
    assertSame(bytes);
  }

  private static void assertSame(byte[] document) {
    Graph fast;
    try {
      Text text = Text.of("Turtle", document, Limits.DEFAULT);
      fast = READER.fast(text);
      Statistics.collect("fast");
      assertAlike(READER.general(text), fast, lazily(document));
    } catch (Doubt e) {
      Statistics.collect(isRead(document) ? "general" : "refused");
    } catch (SmartApiException e) {
      assertThat(e.type()).as(e.getMessage()).isEqualTo(ErrorType.PARSE_ERROR);
      assertThat(e)
          .as("after the fast path took it: %s", lazily(document))
          .hasMessageContaining("byte");
    }
  }

  /** Whether it is read at all; whatever isn't is refused in the only way. */
  private static boolean isRead(byte[] document) {
    try {
      READER.read(document);
      return true;
    } catch (SmartApiException e) {
      assertThat(e.type()).isIn(ErrorType.PARSE_ERROR, ErrorType.TOO_LARGE_ERROR);
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(600);
      return false;
    }
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return RandomGraphs.graphs();
  }

  @Provide
  Arbitrary<String> mutated() {
    Arbitrary<String> documents =
        Arbitraries.oneOf(
            Arbitraries.of(DOCUMENTS).map(TurtlePropertyTest::withoutPrefixes),
            Arbitraries.of(SNIPPETS),
            RandomGraphs.graphs().map(graph -> new String(WRITER.write(graph), UTF_8)));
    return Combinators.combine(documents, changes().list().ofMaxSize(3))
        .as(TurtlePropertyTest::apply);
  }

  @Provide
  Arbitrary<String> mutatedTriples() {
    Arbitrary<String> documents =
        Arbitraries.oneOf(
            Arbitraries.of(
                "<x:a> <x:b> _:c.d . _:0 <x:b> <x:é> .# end\n<x:a> <x:b> \"c\"@en-GB .",
                "<x:a> <x:b> \"\\u0041\\U0001F600\\t\"^^<x:c>\n.\n<x:a>\t<x:b> \"\" ."),
            RandomGraphs.graphs()
                .map(graph -> new String(new NTriplesWriter().write(graph), UTF_8)));
    return Combinators.combine(documents, changes().list().ofMaxSize(2))
        .as(TurtlePropertyTest::apply);
  }

  /** Most prefixes aside, or most changes would be made to them. */
  private static String withoutPrefixes(String document) {
    StringBuilder kept = new StringBuilder();
    for (String line : document.split("(?<=\n)")) {
      boolean isPrefix = line.startsWith("@prefix");
      String name = isPrefix ? line.substring(8, line.indexOf(':') + 1) : "";
      if (!isPrefix || document.indexOf(name, document.indexOf(line) + line.length()) >= 0) {
        kept.append(line);
      }
    }
    return kept.toString();
  }

  private record Change(int kind, int from, int length, String inserted) {}

  private static Arbitrary<Change> changes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.integers().between(1, 12),
            Arbitraries.of(INSERTED))
        .as(Change::new);
  }

  private static String apply(String document, List<Change> changes) {
    StringBuilder text = new StringBuilder(document);
    for (Change change : changes) {
      int from = change.from() % (text.length() + 1);
      int to = Math.min(text.length(), from + change.length());
      switch (change.kind()) {
        case 0, 1 -> text.insert(from, change.inserted());
        case 2 -> text.delete(from, to);
        case 3 -> text.insert(from, text.substring(from, to));
        default -> text.replace(from, Math.min(text.length(), from + 1), change.inserted());
      }
    }
    return text.toString();
  }

  private static Object lazily(byte[] document) {
    return new Object() {
      @Override
      public String toString() {
        return new String(document, UTF_8) + "\n" + Arrays.toString(document);
      }
    };
  }
}
