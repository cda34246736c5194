package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that take small packets only: none is sent a larger one (MQTT-3.1.2-24). */
class NarrowClientTest {
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-24")
  void connackLeavesOutWhatDoesNotFit() throws Exception {
    try (RawClient wide = narrow(16);
        RawClient narrow = narrow(15);
        RawClient narrowest = narrow(5)) {
      wide.expect("20 0e 00 00 0b 22 00 10 21 04 00 27 00 10 00 00");
      narrow.expect("20 03 00 00 00");
      narrowest.expect("20 03 00 00 00").expectNothing();
    }
  }

  @Test
  void whoTakesNoConnackAtAllIsClosed() throws Exception {
    try (RawClient client = narrow(4)) {
      client.expectClosed();
    }
    assertThat(broker.count("disconnects", "reason", "too narrow")).isEqualTo(1);
    assertThat(broker.sessions().size()).isZero();
  }

  @Test
  void whatMustBeToldIsNotLeftOut() throws Exception {
    try (RawClient fits = RawClient.to(broker);
        RawClient doesNot = RawClient.to(broker)) { // the assigned identifier takes 39 bytes
      fits.send(Packets.connect(5, "27 00 00 00 2c").id(""));
      assertThat(fits.receive()).startsWith("20 2a 00 00 27 12 00 24");
      doesNot.send(Packets.connect(5, "27 00 00 00 2b").id("")).expectClosed();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-24")
  void aRefusalThatDoesNotFitIsNotSaid() throws Exception {
    String unknownMethod = " 15 00 01 61";
    try (RawClient fits = RawClient.to(broker);
        RawClient doesNot = RawClient.to(broker)) {
      fits.send(Packets.connect(5, "27 00 00 00 05" + unknownMethod).id("a"))
          .expectTurnedAway(0x8C);
      doesNot.send(Packets.connect(5, "27 00 00 00 04" + unknownMethod).id("b")).expectClosed();
    }
  }

  @Test
  void aSubackThatDoesNotFitEndsTheConnection() throws Exception {
    try (RawClient fits = accepted(7);
        RawClient doesNot = accepted(6)) {
      fits.send(twoFilters(0x82, 1)).expect("90 05 00 01 00 01 01");
      doesNot.send(twoFilters(0x82, 1)).expectDisconnect(0x95);
    }
  }

  @Test
  void anUnsubackThatDoesNotFitEndsTheConnection() throws Exception {
    try (RawClient fits = accepted(7);
        RawClient doesNot = accepted(6)) {
      fits.send(twoFilters(0xA2, -1)).expect("b0 05 00 01 00 11 11");
      doesNot.send(twoFilters(0xA2, -1)).expectDisconnect(0x95);
    }
  }

  private RawClient accepted(int maximum) throws Exception {
    return narrow(maximum).expectAccepted();
  }

  private RawClient narrow(int maximum) throws Exception {
    return RawClient.to(broker)
        .send(
            Packets.connect(5, "27 00 00 00 " + String.format("%02x", maximum)).id("n" + maximum));
  }

  /** SUBSCRIBE or UNSUBSCRIBE; options of -1 are left out. */
  private static Packets twoFilters(int firstByte, int options) {
    Packets packet = Packets.of(firstByte).two(1).octet(0);
    for (String filter : new String[] {"a", "b"}) {
      packet.text(filter);
      if (options >= 0) packet.octet(options);
    }
    return packet;
  }
}
