package io.mestral.verticles.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, sections 8.8.3.2 and 13.1.2. */
class KnownTagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"W/\"a1\"", "\"a1\"", "*", " * ", "\"b2\", W/\"a1\"", "W/\"x,y\",\"a1\",\"\""})
  void aTagIsKnownAloneOrInAListWeakOrNot(String header) {
    assertThat(KnownTags.of(header).matches("W/\"a1\"")).isTrue();
    assertThat(KnownTags.of(header).matches("\"a1\"")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"b2\"", "a1", "\"A1\"", "\"x, a1\"", "\"*\""})
  void othersAreNot(String header) {
    assertThat(KnownTags.of(header).matches("W/\"a1\"")).isFalse();
  }
}
