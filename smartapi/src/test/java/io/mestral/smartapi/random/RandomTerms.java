package io.mestral.smartapi.random;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.apicatalog.jsonld.uri.UriUtils;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Terms that are hard to write. */
public final class RandomTerms {
  private static final List<String> NAMESPACES =
      List.of(
          Namespaces.SMARTAPI,
          Namespaces.LEGACY_UNIT,
          "https://fleet.example/id/",
          "https://example.org/vocab#",
          "urn:uuid:",
          "ex:",
          "x:");
  private static final List<String> LOCALS =
      List.of(
          "car-7",
          "a",
          "a.b",
          "a.",
          ".a",
          "-a",
          "_a",
          "7",
          "",
          "a:b",
          "a%20b",
          "é",
          "日本",
          "(a)",
          "a'b",
          "a/b#c",
          "a?b=c&d=e",
          "true",
          "😀",
          "a..b",
          "a~b",
          "a,b;c",
          "../a",
          "a@b",
          "*!$+=");
  private static final List<String> PIECES =
      List.of(
          "a", "\"", "'", "\\", "\n", "\r", "\t", "\b", "\f", "\u0000", "\u0001", "\u007F", "é",
          "e\u0301", "日", "😀", "\uFFFD", "\uFEFF", "\uFFFE", "\u0085", "\u2028", "\u202E", "#",
          "[", "(", "<", "<<", "{", "@en", "@id", "_:b0", "^^", ".", " ", "\\u0041", "\"\"\"", "?");
  private static final List<String> TAGS =
      List.of(
          "en", "EN", "en-gb", "en-GB", "dE-at", "zh-Hant-TW", "ZH-hANT-tw", "x-a-1", "sl-Rozaj");
  private static final List<String> NUMBERS =
      List.of(
          "1",
          "+1",
          "-0",
          "-01",
          "1.",
          "1.0",
          "5.0",
          ".5",
          "+.5",
          "-",
          ".",
          "1e5",
          "1.E5",
          "1.0E-5",
          ".5e+5",
          "E5",
          "1.0e",
          "NaN",
          "INF",
          "-INF",
          "0.0E0",
          "-0.0E0",
          "2.15E1",
          "4.0E3",
          "1.0E22",
          "1.5E20",
          "1.15E-7",
          "4.9E-324",
          "1.7976931348623157E308",
          "1E400",
          "1.5E-300",
          "0.1234567890123456",
          "1.234567890123456E-1",
          "1.2345678901234567E-1",
          "9.007199254740993E15",
          "9007199254740991",
          "9007199254740992",
          "-9007199254740991",
          "1000000000000000000000",
          "true",
          "TRUE",
          "1 ",
          "1.5.5",
          "٣");
  private static final List<String> JSON =
      List.of(
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
          "[1] ");

  private static final List<Iri> IRIS =
      NAMESPACES.stream()
          .flatMap(namespace -> LOCALS.stream().map(local -> new Iri(namespace + local)))
          .toList();
  private static final List<Iri> URIS =
      IRIS.stream().filter(iri -> UriUtils.isURI(iri.value())).toList();

  private RandomTerms() {}

  /** IRIs that every syntax of RDF holds, shortened by some and not by others. */
  public static Arbitrary<Iri> iris() {
    return Arbitraries.of(IRIS);
  }

  /** Those of them that the JSON-LD library, which has URIs, doesn't drop. */
  public static Arbitrary<Iri> uris() {
    return Arbitraries.of(URIS);
  }

  /** Literals of every kind, well-formed or not. */
  public static Arbitrary<Literal> literals() {
    return literals(Arbitraries.of(new Iri("https://example.org/type#é"), new Iri("x:")));
  }

  /** Those that JSON-LD has a form for: others of their datatypes are no URIs. */
  public static Arbitrary<Literal> portableLiterals() {
    return literals(Arbitraries.of(new Iri("https://example.org/type#é"), new Iri("x:y")));
  }

  private static Arbitrary<Literal> literals(Arbitrary<Iri> unknown) {
    Arbitrary<Iri> known =
        Arbitraries.of(
            Xsd.STRING,
            Xsd.INTEGER,
            Xsd.DECIMAL,
            Xsd.DOUBLE,
            Xsd.FLOAT,
            Xsd.BOOLEAN,
            Xsd.DATE_TIME,
            Rdf.JSON);
    Arbitrary<Iri> datatypes = Arbitraries.oneOf(known, known, unknown);
    return Arbitraries.oneOf(
        Combinators.combine(texts(), datatypes).as(Literal::of),
        Combinators.combine(Arbitraries.of(NUMBERS), datatypes).as(Literal::of),
        Arbitraries.of(JSON).map(text -> Literal.of(text, Rdf.JSON)),
        Arbitraries.doubles().map(Literal::of),
        Arbitraries.longs().map(Literal::of),
        Arbitraries.bigDecimals().map(Literal::of),
        texts().map(Literal::of),
        Combinators.combine(texts(), Arbitraries.of(TAGS)).as(Literal::inLanguage));
  }

  /** Texts of whole characters. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(PIECES).list().ofMaxSize(8).map(list -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(12).map(RandomTerms::withoutHalves));
  }

  /** Half a surrogate pair is no character, and no writer's. */
  private static String withoutHalves(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
