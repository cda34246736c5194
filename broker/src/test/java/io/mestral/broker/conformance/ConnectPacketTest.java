package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.1 and 3.2: CONNECT and CONNACK. */
class ConnectPacketTest {
  private static final int WILL = 0x04;
  private static final int PASSWORD = 0x40;
  private static final int USERNAME = 0x80;
  private static final byte[] NOT_UTF8 = {(byte) 0xC3, 0x28};

  private final BlockingQueue<Credentials> seen = new LinkedBlockingQueue<>();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker =
        TestBroker.start(
            credentials -> {
              seen.add(credentials);
              return Future.succeededFuture(Login.ANONYMOUS);
            });
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.3-1", "3.1.1 MQTT-3.1.3-3", "5.0 MQTT-3.1.3-1", "5.0 MQTT-3.1.3-3"})
  void allFieldsOfThePayloadAreReadInTheirOrder(int level) throws Exception {
    Keeper wills = new Keeper();
    broker.receive("the/will", wills);
    Packets connect = Packets.connect(level).flags(WILL | USERNAME | PASSWORD).id("all");
    if (level == 5) connect.properties("03 00 01 74");
    connect.text("the/will").text("gone").text("bea").text("secret");
    Peer.with(broker, level, connect).raw().cut();
    Publish will = wills.next();
    assertThat(will.payload()).hasToString("gone");
    Credentials credentials = seen.poll(10, TimeUnit.SECONDS);
    assertThat(credentials.username()).contains("bea");
    assertThat(credentials.password().get().reveal()).isEqualTo("secret");
  }

  @ParameterizedTest
  @CsvSource({"4,0x80", "5,0x80", "4,0xC0", "5,0xC0", "5,0x40"})
  @Statement({
    "3.1.1 MQTT-3.1.2-19",
    "3.1.1 MQTT-3.1.2-21",
    "5.0 MQTT-3.1.2-17",
    "5.0 MQTT-3.1.2-19",
    "3.1.1 MQTT-3.1.4-1",
    "5.0 MQTT-3.1.4-1"
  })
  void whatTheFlagsAnnounceMustFollow(int level, String flags) throws Exception {
    Packets short1 = Packets.connect(level).flags(Integer.decode(flags)).id("abc");
    if (flags.equals("0xC0")) short1.text("bea");
    expectMalformed(level, short1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.2-20", "5.0 MQTT-3.1.2-18"})
  void aPasswordThatIsNotAnnouncedIsTooMuch(int level) throws Exception {
    expectMalformed(
        level, Packets.connect(level).flags(USERNAME).id("abc").text("bea").text("secret"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.3-3", "5.0 MQTT-3.1.3-3"})
  void withoutAnIdentifierFieldThereIsNoConnect(int level) throws Exception {
    expectMalformed(level, Packets.connect(level));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.1.3-10",
    "3.1.1 MQTT-3.1.3-11",
    "5.0 MQTT-3.1.3-11",
    "5.0 MQTT-3.1.3-12"
  })
  void willTopicAndUserNameAreUtf8(int level) throws Exception {
    Packets will = Packets.connect(level).flags(WILL).id("abc");
    if (level == 5) will.properties("");
    expectMalformed(level, will.block(NOT_UTF8).text("gone"));
    expectMalformed(level, Packets.connect(level).flags(USERNAME).id("abc").block(NOT_UTF8));
  }

  @ParameterizedTest
  @CsvSource({
    "4,a",
    "5,a",
    "4,0123456789abcdefghijklm",
    "5,0123456789abcdefghijklm",
    "4,nopqrstuvwxyzABCDEFGHIJ",
    "5,KLMNOPQRSTUVWXYZ"
  })
  @Statement({"3.1.1 MQTT-3.1.3-5", "5.0 MQTT-3.1.3-5"})
  void everyShortIdentifierOfDigitsAndLettersIsGood(int level, String id) throws Exception {
    Peer.clean(broker, level, id).expectNothing().close();
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.3-2", "5.0 MQTT-3.1.3-2"})
  void theIdentifierNamesTheSessionAndNothingElse() throws Exception {
    try (Peer one = Peer.clean(broker, 4, "one");
        Peer other = Peer.clean(broker, 5, "One");
        Peer again = Peer.clean(broker, 5, "one")) {
      one.raw().expectClosed(); // its session, whatever the version
      other.expectNothing();
      again.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.3-7", "5.0 MQTT-3.2.2-16"})
  void anAssignedIdentifierWorksLikeTheClientsOwn() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      byte[] connack = client.send(Packets.connect(5).id("")).receiveBytes();
      String id = assignedIdentifier(connack);
      Peer same = Peer.clean(broker, 5, id);
      client.expectDisconnect(0x8E);
      same.expectNothing().close();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.3-8", "3.1.1 MQTT-3.1.3-9", "5.0 MQTT-3.1.3-8"})
  void anIdentifierThatWillNotDoIsRefused() throws Exception {
    try (TestBroker choosy =
        TestBroker.start(
            credentials ->
                Future.failedFuture(new RefusedException(Refusal.CLIENT_ID_INVALID, "")))) {
      try (RawClient client = RawClient.to(choosy)) {
        client.send(Packets.connect(4).id("abc")).expect("20 02 00 02").expectClosed();
      }
      try (RawClient client = RawClient.to(choosy)) {
        client.send(Packets.connect(5).id("abc")).expectTurnedAway(0x85);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.1.4-5",
    "5.0 MQTT-3.1.4-6",
    "3.1.1 MQTT-3.2.2-4",
    "5.0 MQTT-3.2.2-6",
    "5.0 MQTT-4.13.2-1"
  })
  void whoIsRefusedIsNotListenedTo(int level) throws Exception {
    Keeper keeper = new Keeper();
    try (TestBroker closed =
            TestBroker.start(
                credentials ->
                    Future.failedFuture(new RefusedException(Refusal.BAD_CREDENTIALS, "")));
        RawClient client = RawClient.to(closed)) {
      closed.receive("#", keeper);
      Buffer all = Packets.connect(level).flags(USERNAME).id("abc").text("bea").bytes();
      all.appendBuffer(Packets.publish(level, 2, "a", 1).raw("x").bytes());
      all.appendBuffer(Packets.subscribe(level, 2, "a", 0).bytes());
      client.send(all);
      if (level == 5) client.expectTurnedAway(0x86);
      else client.expect("20 02 00 04").expectClosed();
      assertThat(closed.router().subscriptions()).isEqualTo(1); // the test's own
      assertThat(keeper.messages).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNSUPPORTED_VERSION,01,84",
    "CLIENT_ID_INVALID,02,85",
    "UNAVAILABLE,03,88",
    "QUOTA_EXCEEDED,03,97",
    "INTERNAL,03,83",
    "BAD_CREDENTIALS,04,86",
    "NOT_AUTHORIZED,05,87"
  })
  @Statement({"3.1.1 MQTT-3.2.2-5", "5.0 MQTT-3.1.4-2", "5.0 MQTT-3.2.2-7", "5.0 MQTT-3.2.2-8"})
  void everyRefusalHasItsCodeAndEndsTheConnection(Refusal why, String in3, String in5)
      throws Exception {
    try (TestBroker closed =
        TestBroker.start(credentials -> Future.failedFuture(new RefusedException(why, "")))) {
      try (RawClient client = RawClient.to(closed)) {
        client.send(Packets.connect(4).id("abc")).expect("20 02 00 " + in3).expectClosed();
      }
      try (RawClient client = RawClient.to(closed)) {
        client.send(Packets.connect(5).id("abc")).expect("20 03 00 " + in5 + " 00").expectClosed();
      }
    }
  }

  @Test
  @Statement("5.0 MQTT-3.2.2-19")
  void aConnackThatGetsTooLargeLeavesTheWordsOut() throws Exception {
    String words = "this node is being looked after, try again in an hour";
    try (TestBroker closed =
            TestBroker.start(
                credentials ->
                    Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, words)));
        RawClient wide = RawClient.to(closed);
        RawClient narrow = RawClient.to(closed)) {
      wide.send(Packets.connect(5).id("a"));
      assertThat(Buffer.buffer(wide.receiveBytes()).toString()).endsWith(words);
      narrow.send(Packets.connect(5, "27 00 00 00 10").id("b"));
      narrow.expect("20 03 00 88 00").expectClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"5.0 MQTT-3.2.0-2", "5.0 MQTT-3.1.0-2", "3.1.1 MQTT-3.1.0-2"})
  void thereIsOneConnackAndNoMore(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "abc")) {
      peer.expectNothing();
      peer.raw().send(Packets.connect(level).id("abc"));
      peer.expectEnd(0x82); // and no second CONNACK before it
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.14.0-1", "5.0 MQTT-3.1.0-1", "5.0 MQTT-4.13.2-1"})
  void beforeConnackThereIsNoDisconnect() throws Exception {
    for (String first : new String[] {"e0 00", "82 06 00 01 00 00 01 61 00", "f0 00", "30 00"})
      try (RawClient client = RawClient.to(broker)) {
        client.send(first).expectClosed();
      }
  }

  private static String assignedIdentifier(byte[] connack) {
    Buffer in = Buffer.buffer(connack);
    for (int at = 5; at < connack.length; at++)
      if (in.getByte(at) == 0x12 && in.getUnsignedShort(at + 1) == 36)
        return in.getString(at + 3, at + 39);
    throw new AssertionError("no assigned identifier in CONNACK");
  }

  private void expectMalformed(int level, Packets packet) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(packet);
      if (level == 5) client.expectTurnedAway(0x81);
      else client.expectClosed();
    }
  }
}
