package io.mestral.model.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.outcome.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters of a group: {@code $share/name/filter} and {@code $queue/filter}. */
class SharedFilterTest {
  @ParameterizedTest
  @CsvSource({
    "$share/g/a, a",
    "$share/g/#, #",
    "$share/g//a, /a",
    "$share/g//, /",
    "$share/$x/+/b, +/b",
    "$queue/a/b, a/b",
    "$queue//a, /a"
  })
  void theRestSaysWhatMatches(String text, String rest) {
    TopicFilter filter = new TopicFilter(text);
    assertThat(filter.isShared()).isTrue();
    assertThat(filter.unshared()).isEqualTo(new TopicFilter(rest));
    assertThat(filter.levels()).containsExactly(new TopicFilter(rest).levels());
    assertThat(filter.value()).isEqualTo(text);
  }

  @Test
  void aSharedFilterMatchesAsItsRestDoes() {
    assertThat(new TopicFilter("$share/g/+/b").matches(new Topic("a/b"))).isTrue();
    assertThat(new TopicFilter("$share/g/+/b").matches(new Topic("$a/b"))).isFalse();
    assertThat(new TopicFilter("$share/g/#").matches(new Topic("$share/g/a"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$share/",
        "$share/g", // MQTT-4.8.2-2
        "$share/g/",
        "$share//a", // MQTT-4.8.2-1
        "$share/+/a",
        "$share/g#/a",
        "$share/g/a/#/b",
        "$share/g/$share/h/a",
        "$share/g/$queue/a",
        "$queue/",
        "$queue/$share/g/a"
      })
  void whatNamesNoGroupOrNoFilterIsMalformed(String text) {
    assertThatThrownBy(() -> new TopicFilter(text))
        .isInstanceOfSatisfying(
            MalformedTopic.class,
            malformed -> assertThat(malformed.refusal()).isEqualTo(Refusal.TOPIC_FILTER_INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$share", "$queue", "$shares/g/a", "a/$share/g/b"})
  void otherFiltersAreNotShared(String text) {
    TopicFilter filter = new TopicFilter(text);
    assertThat(filter.isShared()).isFalse();
    assertThat(filter.unshared()).isSameAs(filter);
  }
}
