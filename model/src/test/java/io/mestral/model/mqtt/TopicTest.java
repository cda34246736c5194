package io.mestral.model.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void levelsStandBetweenSlashes() {
    assertThat(new Topic("a/b").levels()).containsExactly("a", "b");
    assertThat(new Topic("/a//").levels()).containsExactly("", "a", "", "");
  }

  @Test
  void ofManyLevelsTheLastIsTheRest() {
    Topic topic = new Topic("a/b/c/d");
    for (int i = 0; i < 3; i++) {
      assertThat(topic.levels(2)).containsExactly("a", "b/c/d");
      assertThat(topic.levels(4)).containsExactly("a", "b", "c", "d");
      assertThat(topic.levels(5)).containsExactly("a", "b", "c", "d");
      assertThat(topic.levels(3)).containsExactly("a", "b", "c/d");
    }
  }

  @Test
  void equalTextIsTheSameTopic() {
    Topic asked = new Topic("a/b");
    asked.levels(9);
    asked.levels(9);
    assertThat(asked).isEqualTo(new Topic("a/b")).hasSameHashCodeAs(new Topic("a/b"));
    assertThat(asked).isNotEqualTo(new Topic("a/c")).hasToString("a/b");
  }
}
