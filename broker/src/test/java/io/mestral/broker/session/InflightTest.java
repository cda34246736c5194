package io.mestral.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.model.mqtt.QoS;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InflightTest {
  @Test
  @Statement({"5.0 MQTT-2.2.1-4", "5.0 MQTT-4.3.2-1", "5.0 MQTT-4.3.3-1"})
  void identifiersAreUniqueWhileTheyAreOpenInWhateverOrderTheyEnd() {
    Inflight inflight = new Inflight(100);
    Random random = new Random(7);
    Set<Integer> open = new HashSet<>();
    for (int step = 0; step < 100_000; step++) {
      if (inflight.hasRoom() && random.nextInt(10) < 6) {
        int id = inflight.begin(QoS.AT_LEAST_ONCE);
        assertThat(open.add(id)).as("identifier %d is in use", id).isTrue();
        assertThat(id).isBetween(1, 100);
      } else if (!open.isEmpty()) {
        int id = open.stream().skip(random.nextInt(open.size())).findFirst().get();
        assertThat(inflight.acknowledged(id)).isTrue();
        open.remove(id);
      }
      assertThat(inflight.open()).isEqualTo(open.size());
      assertThat(inflight.hasRoom()).isEqualTo(open.size() < 100);
    }
  }

  @Test
  void anIdentifierIsUsedAgainAsLateAsPossible() {
    Inflight inflight = new Inflight(16);
    Deque<Integer> ended = new ArrayDeque<>();
    for (int i = 0; i < 16; i++) ended.add(inflight.begin(QoS.AT_LEAST_ONCE));
    ended.forEach(inflight::acknowledged);
    for (int id : ended) assertThat(inflight.begin(QoS.AT_LEAST_ONCE)).isEqualTo(id);
  }

  @Test
  void anAcknowledgementOfTheWrongKindChangesNothing() {
    Inflight inflight = new Inflight(4);
    int once = inflight.begin(QoS.EXACTLY_ONCE);
    int least = inflight.begin(QoS.AT_LEAST_ONCE);
    assertThat(inflight.acknowledged(once)).isFalse();
    assertThat(inflight.completed(once)).isFalse();
    assertThat(inflight.received(least)).isFalse();
    assertThat(inflight.rejected(QoS.AT_LEAST_ONCE, once)).isFalse();
    assertThat(inflight.rejected(QoS.EXACTLY_ONCE, least)).isFalse();
    assertThat(inflight.completed(least)).isFalse();
    assertThat(inflight.acknowledged(65_535)).isFalse();
    assertThat(inflight.open()).isEqualTo(2);
  }

  @Test
  void exactlyOnceEndsWithPubcomp() {
    Inflight inflight = new Inflight(4);
    int id = inflight.begin(QoS.EXACTLY_ONCE);
    assertThat(inflight.received(id)).isTrue();
    assertThat(inflight.received(id)).isTrue();
    assertThat(inflight.rejected(QoS.EXACTLY_ONCE, id)).isFalse(); // too late
    assertThat(inflight.completed(id)).isTrue();
    assertThat(inflight.completed(id)).isFalse();
    assertThat(inflight.open()).isZero();
  }
}
