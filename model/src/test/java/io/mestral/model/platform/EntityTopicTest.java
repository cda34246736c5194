package io.mestral.model.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.EntityTopic.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Smart API, section 8.2. */
class EntityTopicTest {
  @ParameterizedTest
  @CsvSource({
    "smartapi/1/roof/in, roof, IN,",
    "smartapi/1/roof/out/urn%3Ax, roof, OUT, urn%3Ax",
    "smartapi/1/urn%3Aroof/ntf/urn%3Ax, urn%3Aroof, NTF, urn%3Ax",
    "smartapi/1/+/ntf/urn%3Ax, +, NTF, urn%3Ax",
    "smartapi/1/roof/hb, roof, HB,",
    "smartapi/1/roof/state, roof, STATE,",
    "smartapi/1/roof/up, roof, UP,",
    "smartapi/1/roof/down, roof, DOWN,"
  })
  void aTopicSaysWhoseItIsAndWhatFor(String topic, String node, Kind kind, String rest) {
    assertThat(EntityTopic.parse(topic))
        .contains(new EntityTopic(node, kind, Optional.ofNullable(rest)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smartapi/1",
        "smartapi/1/",
        "smartapi/1/roof",
        "smartapi/1/roof/",
        "smartapi/1//in",
        "smartapi/1/roof/in/",
        "smartapi/1/roof/in/more",
        "smartapi/1/roof/IN",
        "smartapi/1/roof/out",
        "smartapi/1/roof/out/",
        "smartapi/1/roof/out/a/b",
        "smartapi/1/roof/other",
        "smartapi/1/roof/#",
        "smartapi/1/#",
        "smartapi/2/roof/in",
        "/smartapi/1/roof/in",
        "$share/g/smartapi/1/roof/in"
      })
  void othersAreNone(String topic) {
    assertThat(EntityTopic.parse(topic)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/id/a-b_c.d~e, https%3A%2F%2Fexample.org%2Fid%2Fa-b_c.d~e",
    "urn:x:%41+#, urn%3Ax%3A%2541%2B%23",
    "urn:dächer, urn%3Ad%C3%A4cher",
    "urn:😀, urn%3A%F0%9F%98%80"
  })
  void anIriBecomesOneLevelAndAnIriAgain(String iri, String level) {
    assertThat(EntityTopic.encoded(iri)).isEqualTo(level);
    assertThat(EntityTopic.decoded(level)).contains(iri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", "#", "urn:x", "urn%3ax", "urn%3", "urn%", "%ZZ", "%41", "%C3", "é", "a b"
      })
  void aLevelThatIsWrittenOtherwiseIsNoIris(String level) {
    assertThat(EntityTopic.decoded(level)).isEmpty();
  }

  @Test
  void whatIsMadeIsUnderstood() {
    String node = EntityTopic.encoded("https://example.org/id/roof");
    assertThat(EntityTopic.parse(EntityTopic.in(node)))
        .contains(new EntityTopic(node, Kind.IN, Optional.empty()));
    assertThat(EntityTopic.parse(EntityTopic.out(node, "urn:x")))
        .contains(new EntityTopic(node, Kind.OUT, Optional.of("urn%3Ax")));
    assertThat(EntityTopic.parse(EntityTopic.notifications(node, "urn:x")))
        .contains(new EntityTopic(node, Kind.NTF, Optional.of("urn%3Ax")));
    assertThat(EntityTopic.all(Kind.OUT)).isEqualTo("smartapi/1/+/out/+");
  }
}
