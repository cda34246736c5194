package io.mestral.broker;

import io.mestral.broker.conformance.Statement;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared subscriptions whose members may be away. */
class KeptMembersTest {
  private static final String PRESENT = "20 02 01 00";
  private static final String NOT_PRESENT = "20 02 00 00";
  private static final String GROUP = "$share/g/a";

  @TempDir Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void whoIsAwayGetsWhatNobodyElseIsThereFor() throws Exception {
    leave(member("away", NOT_PRESENT), 0);
    publish(1, "x");
    try (RawClient here = RawClient.v3(broker, "here")) {
      here.send(Packets.subscribe(4, 1, GROUP, 1)).expect("90 03 00 01 01");
      publish(1, "y");
      publish(1, "z");
      here.expect("32 06 00 01 61 00 01 79").expect("32 06 00 01 61 00 02 7a");
    }
    try (RawClient back = returning("away", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expectNothing();
    }
  }

  @Test
  void membershipAndMessagesOutliveTheBroker() throws Exception {
    leave(member("away", NOT_PRESENT), 0);
    publish(1, "x");
    broker.close();
    broker = TestBroker.keeping(folder);
    publish(1, "y");
    try (RawClient back = returning("away", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expect("32 06 00 01 61 00 02 79");
      back.send(Packets.unsubscribe(4, 2, GROUP)).expect("b0 02 00 02");
      publish(1, "z");
      back.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-4.8.2-4", "5.0 MQTT-4.8.2-5"})
  void mqtt5_4_8_2_4_aDeliveryThatHasBegunAtQos2StaysWithItsMember() throws Exception {
    RawClient begun = member("begun", NOT_PRESENT);
    publish(2, "x");
    begun.expect("34 06 00 01 61 00 01 78");
    try (RawClient other = member("other", NOT_PRESENT)) {
      leave(begun, 1);
      other.expectNothing();
      try (RawClient back = returning("begun", PRESENT)) {
        back.expect("3c 06 00 01 61 00 01 78").send("50 02 00 01").expect("62 02 00 01");
      }
      RawClient.v3(broker, "begun").close(); // its session is over
      other.expectNothing();
    }
  }

  private RawClient member(String id, String answer) throws Exception {
    RawClient client = returning(id, answer);
    return client.send(Packets.subscribe(4, 1, GROUP, 2)).expect("90 03 00 01 02");
  }

  private RawClient returning(String id, String answer) throws IOException {
    return RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id(id)).expect(answer);
  }

  /** Without DISCONNECT; when this returns, the broker knows that so many others are left. */
  private void leave(RawClient client, int others) throws Exception {
    client.cut();
    broker.awaitConnections(others);
  }

  /** Succeeds when the broker has acknowledged. */
  private void publish(int qos, String payload) throws Exception {
    try (RawClient client = RawClient.v3(broker, "publisher")) {
      client.send(Packets.publish(4, qos << 1, "a", 1).raw(payload));
      client.expect(qos == 1 ? "40 02 00 01" : "50 02 00 01");
      if (qos == 2) client.send("62 02 00 01").expect("70 02 00 01");
    }
  }
}
