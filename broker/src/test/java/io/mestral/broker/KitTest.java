package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real kit: anonymous, its token as client identifier, QoS 0 only, never a PINGREQ, never a
 * DISCONNECT, and back under the same name while its old connection still looks alive.
 */
class KitTest {
  private static final String TOKEN = "qsm8hj";
  private static final String RAW = "device/sck/" + TOKEN + "/readings/raw";
  private static final String READING = "{t:2026-02-03T10:05:00Z,55:19.72,10:-1}";

  private final Keeper ingestor = new Keeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    broker.receive("device/sck/+/#", ingestor);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void aKitIntroducesItselfAndPublishes() throws Exception {
    try (RawClient kit = connect()) {
      kit.send(Packets.publish(4, 0, "device/sck/" + TOKEN + "/hello", -1).raw(TOKEN + ":Hello"));
      kit.send(Packets.publish(4, 0, "device/sck/" + TOKEN + "/info", -1).raw("{}"));
      kit.send(Packets.publish(4, 0, RAW, -1).raw(READING));
      assertThat(ingestor.next().topic().value()).endsWith("/hello");
      assertThat(ingestor.next().topic().value()).endsWith("/info");
      assertThat(ingestor.next().payload().toString()).isEqualTo(READING);
    }
  }

  @Test
  void aKitThatWasSwitchedOffComesBackUnderTheSameName() throws Exception {
    try (RawClient before = connect()) {
      before.send(Packets.publish(4, 0, RAW, -1).raw(READING));
      ingestor.next();
      for (int round = 0; round < 5; round++)
        try (RawClient again = connect()) {
          again.send(Packets.publish(4, 0, RAW, -1).raw(READING));
          ingestor.next();
        }
    }
  }

  @Test
  void aKitThatPublishesNeedsNoPing() throws Exception {
    try (RawClient kit = RawClient.to(broker)) {
      kit.send(Packets.connect(4, 2, "").id(TOKEN)).expect("20 02 00 00");
      for (int round = 0; round < 3; round++) {
        kit.send(Packets.publish(4, 0, RAW, -1).raw(READING));
        ingestor.next();
        waitHalfItsPatience();
      }
      kit.expectNothing();
    }
  }

  /** Something that takes a second and a half and isn't a sleep: a silent client being cut. */
  private void waitHalfItsPatience() throws Exception {
    try (RawClient silent = RawClient.to(broker)) {
      silent.send(Packets.connect(4, 1, "").id("silent")).expect("20 02 00 00").expectClosed();
    }
  }

  private RawClient connect() throws Exception {
    return RawClient.to(broker).send(Packets.connect(4, 120, "").id(TOKEN)).expect("20 02 00 00");
  }
}
