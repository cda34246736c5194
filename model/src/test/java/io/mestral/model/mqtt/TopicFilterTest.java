package io.mestral.model.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/B, false",
    "a/+, a/b, true",
    "a/+, a, false",
    "a/+, a/, true",
    "a/+, a/b/c, false",
    "a/#, a, true",
    "a/#, a/b/c, true",
    "a/#, ab, false",
    "+, /a, false",
    "/+, /a, true",
    "+/+, /a, true",
    "#, a/b, true",
    "#, $SYS/x, false",
    "+/x, $SYS/x, false",
    "$SYS/#, $SYS/x, true"
  })
  void filtersMatchAsTheStandardSays(String filter, String topic, boolean matches) {
    assertThat(new TopicFilter(filter).matches(new Topic(topic))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#", "a/#/b", "#a", "a/b+", "+a/b", "a/\0"})
  void malformedFiltersAreRefused(String filter) {
    assertThatThrownBy(() -> new TopicFilter(filter)).isInstanceOf(MalformedTopic.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+", "#", "a\0b"})
  void malformedTopicsAreRefused(String topic) {
    assertThatThrownBy(() -> new Topic(topic)).isInstanceOf(MalformedTopic.class);
  }

  @Test
  void aTopicHasAtMost65535Bytes() {
    assertThat(new Topic("é".repeat(32_767)).value()).hasSize(32_767);
    assertThatThrownBy(() -> new Topic("é".repeat(32_768))).isInstanceOf(MalformedTopic.class);
  }
}
