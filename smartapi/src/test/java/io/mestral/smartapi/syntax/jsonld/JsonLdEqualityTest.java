package io.mestral.smartapi.syntax.jsonld;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.fasterxml.jackson.core.JsonParseException;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.syntax.json.CanonicalJson;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.query.Dataset;
import org.apache.jena.rdf.model.Model;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One pass, the expansion and the JSON-LD library alone make the same of every document. */
class JsonLdEqualityTest {
  private static final int TRIES = Integer.getInteger("mestral.properties", 4000);
  private static final Logger LIBRARY = Logger.getLogger("com.apicatalog");

  /** IRIs that every syntax of RDF can hold, and that the library, which has URIs, drops. */
  private static final List<String> LENIENT =
      List.of("%zz", "#b#c", "http://[", "\"x:\"", "\"ex:\"");

  /** What would be lost, and is refused here where the library goes on. */
  private static final List<String> STRICT = List.of("NotSimple", "a message is one graph");

  private static final Pattern SCALAR = Pattern.compile("\"[^\"]*\"|[0-9.]+|true|false");
  private static final List<String> KEYWORDS =
      List.of(
          "@id",
          "@type",
          "@value",
          "@list",
          "@set",
          "@language",
          "@json",
          "@none",
          "@graph",
          "@x",
          "@index",
          "@included",
          "@nest",
          "@direction",
          "@reverse",
          "@vocab",
          "_:b",
          "x",
          "");
  private static final List<String> OTHERS =
      List.of("{}", "[]", "null", "true", "1.5e3", "[1, 2]", "{\"@id\": \"urn:x\"}", "[[1]]");

  private static final JsonText TEXT = new JsonText(400);

  @BeforeAll
  static void quiet() {
    LIBRARY.setLevel(Level.SEVERE);
  }

  @Test
  void ordinaryDocuments() throws IOException {
    int inOnePass = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      inOnePass += compare(new RandomJsonLd(new Random(seed), false).document()) ? 1 : 0;
    }
    assertThat(inOnePass).isGreaterThan(TRIES / 2);
  }

  @Test
  void oddDocuments() throws IOException {
    int inOnePass = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      inOnePass += compare(new RandomJsonLd(new Random(seed), true).document()) ? 1 : 0;
    }
    assertThat(inOnePass).isGreaterThan(TRIES / 10);
  }

  @Test
  void examplesWithSomethingExchanged() throws IOException {
    List<String> names = JsonLdExamplesTest.names().toList();
    int inOnePass = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      Random random = new Random(seed);
      byte[] example = JsonLdExamplesTest.jsonLd(names.get(random.nextInt(names.size())));
      String document = new String(JsonLdExamplesTest.naming(example), UTF_8);
      inOnePass += compare(exchanged(document, random)) ? 1 : 0;
    }
    assertThat(inOnePass).isGreaterThan(TRIES / 4);
  }

  /** Some strings and numbers are exchanged for others of the document, or for something else. */
  private static String exchanged(String document, Random random) {
    List<String> scalars = SCALAR.matcher(document).results().map(MatchResult::group).toList();
    Set<Integer> places = new HashSet<>();
    for (int more = random.nextInt(3); more >= 0; more--) {
      places.add(random.nextInt(scalars.size()));
    }
    AtomicInteger place = new AtomicInteger();
    return SCALAR
        .matcher(document)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    places.contains(place.getAndIncrement())
                        ? exchange(match.group(), scalars, random)
                        : match.group()));
  }

  private static String exchange(String scalar, List<String> scalars, Random random) {
    if (random.nextBoolean()) {
      return scalars.get(random.nextInt(scalars.size()));
    }
    return scalar.startsWith("\"") && random.nextInt(3) > 0
        ? '"' + KEYWORDS.get(random.nextInt(KEYWORDS.size())) + '"'
        : OTHERS.get(random.nextInt(OTHERS.size()));
  }

  /** Says whether one pass was enough. */
  private static boolean compare(String document) throws IOException {
    byte[] utf8 = document.getBytes(UTF_8);
    if (!isJson(utf8)) {
      return false;
    }
    Outcome expanded = expanded(utf8);
    if (STRICT.stream().anyMatch(expanded.error()::contains)) {
      assertThatThrownBy(() -> JsonLdPaths.inOnePass(utf8))
          .as(document)
          .isInstanceOf(NotSimple.class);
      return false;
    }
    Outcome library =
        LENIENT.stream().anyMatch(document::contains) ? expanded : library(utf8, expanded);
    assertThat(expanded.sameAs(library)).as("%s%n%s%n%s", document, expanded, library).isTrue();
    Graph graph;
    try {
      graph = JsonLdPaths.inOnePass(utf8);
    } catch (NotSimple e) {
      return false;
    } catch (SmartApiException e) {
      assertThat(library.error()).as(document).isNotEmpty();
      return true;
    }
    Outcome quick = new Outcome(JenaModels.of(graph), "");
    assertThat(quick.sameAs(library)).as("%s%n%s%n%s", document, quick, library).isTrue();
    return true;
  }

  private static boolean isJson(byte[] utf8) throws IOException {
    try (var parser = TEXT.open(utf8)) {
      parser.nextToken();
      CanonicalJson.read(parser, Integer.MAX_VALUE);
      return true;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private record Outcome(Model model, String error) {
    boolean sameAs(Outcome other) {
      return error.isEmpty() == other.error.isEmpty() && model.isIsomorphicWith(other.model);
    }
  }

  private static Outcome failed(Exception e) {
    return new Outcome(JenaModels.of(Graph.empty()), e.toString());
  }

  private static Outcome library(byte[] utf8, Outcome indexed) {
    try {
      Dataset dataset = JenaModels.library(utf8);
      return new Outcome(dataset.getDefaultModel(), "");
    } catch (NullPointerException | ClassCastException e) { // its way with keywords in odd places
      return failed(e);
    } catch (JsonLdError e) {
      // of an index nothing remains in triples, so one pass doesn't look at it
      return e.getCode() == JsonLdErrorCode.CONFLICTING_INDEXES ? indexed : failed(e);
    }
  }

  private static Outcome expanded(byte[] utf8) throws IOException {
    try {
      return new Outcome(JenaModels.of(JsonLdPaths.expanded(utf8)), "");
    } catch (NotSimple e) {
      return failed(e);
    } catch (SmartApiException e) {
      assertThat(e.type()).isEqualTo(ErrorType.PARSE_ERROR);
      return failed(e);
    }
  }
}
