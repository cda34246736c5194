package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Peer.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3.3.1.3: what is retained, by whom, and for how long. */
class RetainedMessagesTest {
  private static final int WILL = 0x04;

  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({"4,0", "4,1", "4,2", "5,0", "5,1", "5,2"})
  @Statement({
    "3.1.1 MQTT-3.1.2-7",
    "3.1.1 MQTT-3.3.1-5",
    "3.1.1 MQTT-3.3.1-6",
    "3.1.1 MQTT-3.3.1-8",
    "5.0 MQTT-3.3.1-5",
    "5.0 MQTT-3.3.1-9"
  })
  void whatIsRetainedOutlivesItsPublisherAndKeepsItsQualityOfService(int level, int qos)
      throws Exception {
    try (Peer publisher = Peer.clean(broker, level, "pub")) {
      publisher.retain("a/b", qos, "x").expectNothing().leave();
    }
    try (Peer late = Peer.clean(broker, level, "late")) {
      Message message = late.subscribe("a/+", 2).take();
      assertThat(message.payload()).isEqualTo("x");
      assertThat(message.retain()).isTrue();
      assertThat(message.qos()).isEqualTo(qos);
      late.expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.2-16", "5.0 MQTT-3.1.2-14"})
  void anOrdinaryWillIsNotRetained(int level) throws Exception {
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    Packets connect = Packets.connect(level).flags(WILL).id("dying");
    if (level == 5) connect.properties("");
    Peer.with(broker, level, connect.text("will").text("gone")).raw().cut();
    assertThat(wills.next().retain()).isFalse();
    try (Peer late = Peer.clean(broker, level, "late")) {
      late.subscribe("will", 0).expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.3.1-10",
    "3.1.1 MQTT-3.3.1-11",
    "3.1.1 MQTT-3.3.1-9",
    "5.0 MQTT-3.3.1-6",
    "5.0 MQTT-3.3.1-7",
    "5.0 MQTT-3.3.1-12"
  })
  void anEmptyMessageIsDeliveredAndLeavesNothing(int level) throws Exception {
    try (Peer watcher = Peer.clean(broker, level, "watcher");
        Peer publisher = Peer.clean(broker, level, "pub")) {
      watcher.subscribe("a", 0);
      publisher.retain("a", 1, "x").retain("a", 1, "");
      for (String payload : new String[] {"x", ""}) {
        Message message = watcher.next();
        assertThat(message.payload()).isEqualTo(payload);
        assertThat(message.retain()).isFalse();
      }
      watcher.unsubscribe("a").subscribe("a", 0).expectNothing();
    }
  }
}
