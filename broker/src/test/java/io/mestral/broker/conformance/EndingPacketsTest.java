package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.12 to 3.14 and 4.13: PINGREQ, DISCONNECT, and errors that end a connection. */
class EndingPacketsTest {
  private static final int WILL = 0x04;

  private final Keeper wills = new Keeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    broker.receive("will", wills);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.12.4-1", "5.0 MQTT-3.12.4-1"})
  void everyPingIsAnswered(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "abc")) {
      peer.raw().send("c0 00 c0 00 c0 00").expect("d0 00").expect("d0 00").expect("d0 00");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.1.2-10",
    "3.1.1 MQTT-3.14.4-3",
    "5.0 MQTT-3.1.2-10",
    "5.0 MQTT-3.14.4-3"
  })
  void aGoodbyeTakesTheWillAlongAndAnEndWithoutOneDoesNot(int level) throws Exception {
    willing(level).leave();
    willing(level).raw().cut();
    assertThat(wills.next().payload()).hasToString("gone");
    Peer.clean(broker, level, "willing").leave(); // and not again with the next connection
    assertThat(wills.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement("3.1.1 MQTT-3.1.2-12")
  void withoutAWillNothingIsPublishedAtTheEnd(int level) throws Exception {
    Keeper all = new Keeper();
    broker.receive("#", all);
    Peer.clean(broker, level, "abc").raw().cut();
    willing(level).raw().cut();
    wills.next(); // later than the other end
    assertThat(all.messages).hasSize(1);
  }

  @Test
  @Statement({"5.0 MQTT-3.14.4-1", "5.0 MQTT-3.14.4-2", "5.0 MQTT-4.13.1-1", "5.0 MQTT-4.13.2-1"})
  void nothingComesAfterTheBrokersDisconnect() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      Buffer all = Packets.subscribe(5, 0, "a", 0).bytes(); // identifier 0
      all.appendBytes(new byte[] {(byte) 0xC0, 0, (byte) 0xC0, 0});
      client.send(all).expectDisconnect(0x82); // which looks for the end right behind it
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @Statement({"5.0 MQTT-3.14.2-1", "5.0 MQTT-3.14.2-2"})
  void disconnectHasCodesOfItsOwnAndNoSessionExpiry(Refusal why) throws Exception {
    if (!mayEndAConnection(why)) return;
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.expectNothing();
      broker.sessions().endAll(principal -> true, why);
      byte[] disconnect = client.receiveBytes();
      assertThat(disconnect[0]).isEqualTo((byte) 0xE0);
      assertThat(Integer.toHexString(disconnect[2] & 0xFF))
          .matches("8[0-3]|87|89|8[bdef]|9[03456789abcdef]|a[012]");
      assertThat(disconnect).hasSizeLessThanOrEqualTo(4); // no property at all
      client.expectClosed();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.14.2-3")
  void aDisconnectThatGetsTooLargeLeavesTheWordsOut() throws Exception {
    try (RawClient wide = RawClient.v5(broker, "wide");
        RawClient narrow = RawClient.to(broker)) {
      narrow.send(Packets.connect(5, "27 00 00 00 08").id("narrow")).expectAccepted();
      wide.send("c1 00");
      narrow.send("c1 00");
      assertThat(wide.receiveBytes()).hasSizeGreaterThan(8).startsWith((byte) 0xE0);
      narrow.expect("e0 01 81").expectClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e1 00", "e0 01 00", "e8 00"})
  @Statement({"3.1.1 MQTT-3.14.1-1", "3.1.1 MQTT-4.8.0-1"})
  void aGoodbyeThatIsMalformedIsNoGoodbye(String disconnect) throws Exception {
    try (Peer peer = willing(4)) {
      peer.raw().send(disconnect).expectClosed();
      wills.next();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-4.8.0-1", "5.0 MQTT-4.13.1-1"})
  void anErrorEndsTheConnectionItCameOnAndNoOther() throws Exception {
    try (Peer three = Peer.clean(broker, 4, "three");
        Peer five = Peer.clean(broker, 5, "five");
        Peer bad3 = Peer.clean(broker, 4, "bad3");
        Peer bad5 = Peer.clean(broker, 5, "bad5")) {
      bad3.raw().send("f0 00").expectClosed();
      bad5.raw().send("00 00").expectDisconnect(0x82);
      three.expectNothing();
      five.expectNothing();
    }
  }

  /** What may be said to a client that is already in; the others end a CONNECT. */
  private static boolean mayEndAConnection(Refusal why) {
    return switch (why) {
      case UNSUPPORTED_VERSION,
          CLIENT_ID_INVALID,
          BAD_CREDENTIALS,
          UNAVAILABLE,
          BAD_AUTHENTICATION_METHOD ->
          false;
      default -> true;
    };
  }

  private Peer willing(int level) throws Exception {
    Packets connect = Packets.connect(level).flags(WILL).id("willing");
    if (level == 5) connect.properties("");
    return Peer.with(broker, level, connect.text("will").text("gone"));
  }
}
