package io.mestral.smartapi.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralTest {
  @ParameterizedTest
  @CsvSource({
    "21.5, 2.15E1",
    "4000, 4.0E3",
    "0, 0.0E0",
    "-0.0, -0.0E0",
    "1e-7, 1.0E-7",
    "-123456789012, -1.23456789012E11",
    "0.001, 1.0E-3",
    "0.30000000000000004, 3.0000000000000004E-1",
    "1.7976931348623157E308, 1.7976931348623157E308",
    "4.9E-324, 4.9E-324",
    "2.0E-3, 2.0E-3",
    "NaN, NaN",
    "Infinity, INF",
    "-Infinity, -INF"
  })
  void aDoubleIsWrittenInCanonicalForm(double number, String canonical) {
    assertThat(Literal.of(number).lexical()).isEqualTo(canonical);
  }

  @Property
  void aDoubleIsReadBackTheSame(@ForAll double number) {
    String canonical = Literal.of(number).lexical();
    assertThat(Double.parseDouble(canonical)).isEqualTo(number);
    assertThat(canonical).matches("-?[0-9]\\.([0-9]*[1-9]|0)E(-?[1-9][0-9]*|0)");
  }

  @Test
  void aMomentHasMillisecondsOnlyWhenThereAreAny() {
    assertThat(Literal.of(Instant.parse("2026-03-01T08:00:00Z")).lexical())
        .isEqualTo("2026-03-01T08:00:00Z");
    assertThat(Literal.of(Instant.parse("2026-03-01T08:00:00.120999Z")).lexical())
        .isEqualTo("2026-03-01T08:00:00.120Z");
  }

  @Test
  void aNegativeDurationHasItsSignInFront() {
    assertThat(Literal.of(Duration.ofMinutes(-90)).lexical()).isEqualTo("-PT1H30M");
  }

  @Test
  void aDecimalKeepsItsScale() {
    assertThat(Literal.of(new BigDecimal("14.70")).lexical()).isEqualTo("14.70");
    assertThat(Literal.of(new BigDecimal("1E+3")).lexical()).isEqualTo("1000");
  }

  @Test
  void languageTagsAreAlikeInAnyCase() {
    Literal loud = Literal.inLanguage("Speed", "EN-us");
    assertThat(loud)
        .isEqualTo(Literal.inLanguage("Speed", "en-US"))
        .hasSameHashCodeAs(Literal.inLanguage("Speed", "en-US"))
        .isNotEqualTo(Literal.inLanguage("Speed", "en"));
    assertThat(loud.language()).isEqualTo("EN-us"); // a proof is made over it as it was written
  }

  @Test
  void aLanguageGoesWithItsDatatypeAlone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Literal("a", Xsd.STRING, "en"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Literal("a", Rdf.LANG_STRING, ""));
  }
}
