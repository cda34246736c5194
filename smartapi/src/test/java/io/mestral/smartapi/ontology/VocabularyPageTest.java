package io.mestral.smartapi.ontology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Rdfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VocabularyPageTest {
  private static final String PAGE = VocabularyPage.of(CoreVocabulary.graph());

  @Test
  void everyTermHasItsPlace() {
    List<Resource> terms =
        CoreVocabulary.graph().subjects().stream()
            .filter(node -> node instanceof Iri iri && isOurs(iri))
            .toList();
    assertThat(terms).hasSizeGreaterThan(200);
    for (Resource term : terms) {
      String iri = ((Iri) term).value();
      String prefix = iri.startsWith(Namespaces.SX) ? "sx-" : "smartapi-";
      assertThat(PAGE).contains("id=\"" + prefix + iri.substring(iri.indexOf('#') + 1) + "\"");
    }
  }

  @Test
  void everyLinkLeadsToAPlaceAndEachPlaceIsThereOnce() {
    List<String> places = found("id=\"([^\"]*)\"");
    assertThat(places).doesNotHaveDuplicates();
    assertThat(places).containsAll(found("href=\"#([^\"]*)\""));
    assertThat(PAGE).doesNotContain("<script", "http-equiv", "src=");
  }

  @Test
  void aPropertyIsToldWithWhatHasItAndWhatItsValuesAre() {
    String method = PAGE.substring(PAGE.indexOf("id=\"smartapi-method\""));
    assertThat(method.substring(0, method.indexOf("</article>")))
        .contains("What is to be done.")
        .contains(
            "<dt>Of</dt><dd><a href=\"#smartapi-Activity\"><code>smartapi:Activity</code></a>,")
        .contains("<dt>Value</dt><dd><a href=\"#smartapi-Method\">");
  }

  @Test
  void whateverADescriptionSaysIsText() {
    Iri term = new Iri(Namespaces.SX + "A");
    Graph odd =
        Graph.builder()
            .add(term, Rdf.TYPE, Owl.CLASS)
            .add(term, Rdfs.COMMENT, Literal.of("<b title=\"x\">&amp;"))
            .build();
    assertThat(VocabularyPage.of(odd)).contains("<p>&lt;b title=&quot;x&quot;&gt;&amp;amp;</p>");
  }

  @Test
  void thePageAmongTheDocumentsIsThisOne() throws IOException {
    assertThat(Files.readString(Path.of("../docs/vocabulary.html")))
        .as(
            "renew it by: java -cp smartapi/target/classes"
                + " io.mestral.smartapi.ontology.VocabularyPage docs/vocabulary.html")
        .isEqualTo(PAGE);
  }

  private static boolean isOurs(Iri iri) {
    return iri.value().startsWith(Namespaces.SX) || iri.value().startsWith(Namespaces.SMARTAPI);
  }

  private static List<String> found(String pattern) {
    return Pattern.compile(pattern).matcher(PAGE).results().map(match -> match.group(1)).toList();
  }
}
