package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statements.Listed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds the statements of the standards, the tests that show them, and the document that tells of
 * both, together.
 */
class ConformanceTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "mqtt-conformance.md");
  private static final String RENEWAL =
      "renew it by: mvn -pl broker -am test -Dtest=ConformanceTest -Dconformance.renew";

  private final List<Listed> statements = Statements.all();

  @Test
  void everyStatementStandsOnceAndNoneIsMissing() {
    assertThat(statements).extracting(Listed::id).doesNotHaveDuplicates();
    assertThat(statements.stream().collect(Collectors.groupingBy(Listed::version)))
        .hasSize(2)
        .hasEntrySatisfying("3.1.1", listed -> assertThat(listed).hasSize(132))
        .hasEntrySatisfying("5.0", listed -> assertThat(listed).hasSize(239));
  }

  @Test
  void testsNameOnlyStatementsThatThereAre() throws Exception {
    assertThat(statements).extracting(Listed::id).containsAll(Evidence.ofThisModule().statements());
  }

  @Test
  void whatHasTestsIsNotExempt() throws Exception {
    Evidence evidence = Evidence.ofThisModule();
    assertThat(statements)
        .filteredOn(one -> !one.exemption().isEmpty())
        .allSatisfy(one -> assertThat(evidence.of(one)).as(one.id()).isEmpty());
  }

  @Test
  void theDocumentSaysWhatTheTestsShow() throws Exception {
    String text = new ConformanceDocument(statements, Evidence.ofThisModule()).text();
    if (System.getProperty("conformance.renew") != null) Files.writeString(DOCUMENT, text);
    assertThat(DOCUMENT).as(RENEWAL).hasContent(text);
  }
}
