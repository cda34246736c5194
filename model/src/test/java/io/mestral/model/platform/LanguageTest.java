package io.mestral.model.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ca-ES,ca;q=0.9,es;q=0.8,en;q=0.7 | CA",
        "en;q=0.5, es-AR | ES",
        "de, es;q=0.1 | ES",
        "EN-us | EN"
      })
  void theLanguageIsTheFirstOfOursThatIsWanted(String header, Language language) {
    assertThat(Language.accepted(header)).contains(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de-DE,de", "*", "ca;q=0", ";;;q=x,,", "ca;q=7"})
  void whatNamesNoneOfOursNamesNone(String header) {
    assertThat(Language.accepted(header)).isEmpty();
  }

  @Test
  void aHeaderWithoutEndIsNotRead() {
    assertThat(Language.accepted("ca," + "es,".repeat(1000))).isEmpty();
  }
}
