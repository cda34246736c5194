package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.BrokerOptions;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT and CONNACK, byte by byte; the names give the normative statements. */
class ConnectTest {
  private static final int WILL = 0x04;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USERNAME = 0x80;

  private static final Duration SHORT = Duration.ofMillis(200);

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
  void everyInstanceListensOnTheSamePort() {
    assertThat(broker.ports()).hasSize(2).containsOnly(broker.port());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void mqtt311_3_1_4_4_anAcceptedConnectIsAnsweredWithZero(int level) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(level).id("abc")).expect("20 02 00 00");
      assertThat(broker.gauge("connections")).isEqualTo(1);
    }
  }

  @Test
  void mqtt5_3_1_4_5_anAcceptedConnectSaysWhatIsNotOffered() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      // aliases 16, receive maximum 1024, packets of 1 MiB
      client
          .send(Packets.connect(5).id("abc"))
          .expect("20 0e 00 00 0b 22 00 10 21 04 00 27 00 10 00 00");
    }
  }

  @Test
  void mqtt5_s3_2_2_3_2_aSessionThatWantsToStayIsToldThatItDoesNot() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "11 00 00 00 3c").id("abc"));
      assertThat(client.receive()).startsWith("20").contains("11 00 00 00 00");
    }
  }

  @Test
  void mqtt311_3_2_2_3_withoutASessionToGoOnWithNoneIsPresent() throws Exception {
    for (int round = 0; round < 2; round++)
      try (RawClient client = RawClient.to(broker)) {
        client.send(Packets.connect(4).onlyFlags(0).id("abc")).expect("20 02 00 00");
      }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1, 0x84})
  void mqtt311_3_1_2_2_aLevelOfOldIsRefusedWithReturnCode1(int level) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("MQTT").octet(level).octet(2).two(60).text("abc"))
          .expect("20 02 00 01")
          .expectClosed();
    }
  }

  @Test
  void mqtt5_3_1_2_2_aNewerLevelIsRefusedWithAReasonCode() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("MQTT").octet(6).octet(2).two(60).octet(0).text("abc"))
          .expectTurnedAway(0x84);
    }
  }

  @Test
  void mqtt311_3_1_2_1_anotherProtocolIsClosedWithoutAWord() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("AMQP").octet(4).octet(2).two(60).text("abc"))
          .expectClosed();
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(Buffer.buffer("GET / HTTP/1.1\r\n\r\n")).expectClosed();
    }
  }

  @Test
  void mqtt5_3_1_0_1_aPacketBeforeConnectCloses() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send("C0 00").expectClosed();
    }
  }

  @Test
  void mqtt311_3_1_0_2_aSecondConnectCloses() throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.connect(4).id("abc")).expectClosed();
    }
  }

  @Test
  void mqtt5_3_1_0_2_aSecondConnectIsAProtocolError() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.connect(5).id("abc")).expectDisconnect(0x82);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void mqtt5_3_1_2_3_theReservedConnectFlagMustBeClear(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(0x01).id("abc"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void mqtt5_3_1_2_11_willFlagsNeedAWill(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(0x08).id("abc"));
    expectMalformed(level, Packets.connect(level).flags(WILL_RETAIN).id("abc"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void mqtt5_3_1_2_12_willQos3IsMalformed(int level) throws Exception {
    Packets packet = Packets.connect(level).flags(WILL | 0x18).id("abc");
    if (level == 5) packet.properties("");
    expectMalformed(level, packet.text("will").text("gone"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void mqtt5_3_1_2_9_aWillFlagWithoutAWillIsMalformed(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(WILL).id("abc"));
  }

  @Test
  void mqtt311_3_1_2_18_leftoverBytesAreMalformed() throws Exception {
    expectMalformed(4, Packets.connect(4).id("abc").text("name"));
    expectMalformed(5, Packets.connect(5).id("abc").text("name"));
  }

  @Test
  void mqtt311_3_1_2_22_aPasswordNeedsAUserName() throws Exception {
    expectMalformed(4, Packets.connect(4).flags(PASSWORD).id("abc").text("secret"));
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).flags(PASSWORD).id("abc").text("secret")).expectAccepted();
    }
  }

  @Test
  void mqtt5_1_5_4_aClientIdThatIsNotTextIsMalformed() throws Exception {
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    for (int level : new int[] {4, 5}) {
      expectMalformed(level, Packets.connect(level).block((byte) 0xC3, (byte) 0x28));
      expectMalformed(level, Packets.connect(level).block(surrogate));
      expectMalformed(level, Packets.connect(level).block((byte) 'a', (byte) 0));
    }
  }

  @Test
  void mqtt311_3_1_3_8_anEmptyIdentifierOfASessionToKeepIsRefused() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(4).onlyFlags(0).id("")).expect("20 02 00 02").expectClosed();
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(3).id("")).expect("20 02 00 02").expectClosed();
    }
  }

  @Test
  void mqtt311_3_1_3_6_anEmptyIdentifierGetsAUniqueOne() throws Exception {
    try (RawClient one = RawClient.v3(broker, "");
        RawClient two = RawClient.v3(broker, "")) {
      one.expectNothing();
      two.expectNothing();
      assertThat(broker.sessions().size()).isEqualTo(2);
    }
  }

  @Test
  void mqtt5_3_2_2_16_anAssignedIdentifierIsTold() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).onlyFlags(0).id(""));
      assertThat(client.receive()).contains("12 00 24"); // 36 characters follow
    }
  }

  @Test
  void mqtt5_3_1_2_28_responseInformationIsForThoseWhoAsk() throws Exception {
    String prefix = "1a 00 0c 72 65 73 70 6f 6e 73 65 2f 61 62 63"; // response/abc
    assertThat(connack("19 01", "abc")).contains(prefix);
    assertThat(connack("19 00", "abc")).doesNotContain(prefix);
    assertThat(connack("", "abc")).doesNotContain(prefix);
    assertThat(connack("19 01", "a/#")).doesNotContain("1a 00"); // no topic could begin with it
  }

  @Test
  void mqtt5_s3_2_2_3_15_aPlatformHasNoTopicsForResponses() throws Exception {
    BrokerOptions platform = Options.usual().access(BrokerOptions.Access.PLATFORM).build();
    try (TestBroker strict = TestBroker.start(platform);
        RawClient client = RawClient.to(strict).send(Packets.connect(5, "19 01").id("abc"))) {
      assertThat(client.receive()).doesNotContain("1a 00");
    }
  }

  @Test
  void mqtt5_2_2_2_2_aPropertyInTheWrongPlaceIsMalformed() throws Exception {
    expectTurnedAway(0x81, Packets.connect(5, "23 00 01").id("abc")); // topic alias
    expectTurnedAway(0x81, Packets.connect(5, "7f 00").id("abc")); // no property at all
    expectTurnedAway(0x81, Packets.connect(5, "21 01").id("abc")); // longer than its block
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "21 00 01 21 00 02", // receive maximum twice
        "21 00 00", // receive maximum 0
        "27 00 00 00 00", // maximum packet size 0
        "17 02", // problem information 2
        "19 02", // response information 2
        "16 00 01 61" // authentication data without method
      })
  void mqtt5_s3_1_2_11_propertiesThatBreakARuleAreProtocolErrors(String properties)
      throws Exception {
    expectTurnedAway(0x82, Packets.connect(5, properties).id("abc"));
  }

  @Test
  void mqtt5_4_12_0_1_anAuthenticationMethodIsNotOffered() throws Exception {
    expectTurnedAway(0x8C, Packets.connect(5, "15 00 05 53 43 52 41 4d").id("abc"));
  }

  @Test
  void mqtt5_s3_1_3_2_3_aWillThatIsNotTheTextItSaysIsRefused() throws Exception {
    expectTurnedAway(
        0x99,
        Packets.connect(5)
            .flags(WILL)
            .id("abc")
            .properties("01 01")
            .text("will")
            .block((byte) 0xC3, (byte) 0x28));
  }

  @Test
  void mqtt5_4_7_0_1_aWillTopicHasNoWildcards() throws Exception {
    expectTurnedAway(
        0x90, Packets.connect(5).flags(WILL).id("abc").properties("").text("a/#").text("gone"));
    expectMalformed(4, Packets.connect(4).flags(WILL).id("abc").text("a/#").text("gone"));
  }

  @Test
  void mqtt5_3_1_4_6_whatFollowsARefusedConnectIsNotProcessed() throws Exception {
    try (RawClient watcher = RawClient.v3(broker, "watcher");
        RawClient client = RawClient.to(broker)) {
      watcher.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 00");
      client
          .send(
              Packets.connect(5, "21 00 00")
                  .id("abc")
                  .bytes()
                  .appendBuffer(Packets.publish(5, 0, "secret", -1).raw("x").bytes()))
          .expectTurnedAway(0x82);
      watcher.expectNothing();
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (TestBroker impatient = TestBroker.start(Options.usual().connectTimeout(SHORT).build());
        RawClient silent = RawClient.to(impatient);
        RawClient dribbling = RawClient.to(impatient).send("10 0c 00 04")) {
      silent.expectClosed();
      dribbling.expectClosed();
    }
  }

  @Test
  void anAuthenticatorThatDoesNotAnswerIsUnavailable() throws Exception {
    Promise<Principal> never = Promise.promise();
    try (TestBroker waiting =
            TestBroker.start(
                Options.usual().connectTimeout(SHORT).build(),
                credentials -> never.future(),
                new OpenPolicy());
        RawClient v3 = RawClient.to(waiting).send(Packets.connect(4).id("abc"));
        RawClient v5 = RawClient.to(waiting).send(Packets.connect(5).id("abc"))) {
      v3.expect("20 02 00 03").expectClosed();
      v5.expectTurnedAway(0x88);
    }
  }

  @Test
  void wrongCredentialsAreRefusedInTheSameBytesWhateverWasWrong() throws Exception {
    try (TestBroker strict =
        TestBroker.start(
            credentials ->
                Future.failedFuture(
                    new RefusedException(
                        Refusal.BAD_CREDENTIALS,
                        credentials.password().isPresent() ? "wrong password" : "no such name")))) {
      try (RawClient client = RawClient.to(strict)) {
        client
            .send(Packets.connect(4).flags(USERNAME).id("abc").text("bea"))
            .expect("20 02 00 04")
            .expectClosed();
      }
      try (RawClient client = RawClient.to(strict)) {
        client
            .send(Packets.connect(5).flags(USERNAME).id("abc").text("bea"))
            .expect("20 03 00 86 00")
            .expectClosed();
      }
      try (RawClient client = RawClient.to(strict)) {
        client
            .send(Packets.connect(5).flags(USERNAME | PASSWORD).id("abc").text("bea").text("x"))
            .expect("20 03 00 86 00")
            .expectClosed();
      }
      assertThat(strict.count("connects", "result", "0x86")).isEqualTo(3);
      assertThat(strict.sessions().size()).isZero();
    }
  }

  @Test
  void theAuthenticatorSeesNameAndPasswordAsTheyWereSent() throws Exception {
    CompletableFuture<Credentials> seen = new CompletableFuture<>();
    try (TestBroker curious =
            TestBroker.start(
                credentials -> {
                  seen.complete(credentials);
                  return Future.succeededFuture(Principal.ANONYMOUS);
                });
        RawClient client = RawClient.to(curious)) {
      client
          .send(
              Packets.connect(4)
                  .flags(USERNAME | PASSWORD)
                  .id("abc")
                  .text("Zoë")
                  .block((byte) 0xFF, (byte) 0xFE))
          .expect("20 02 00 00");
      Credentials credentials = seen.get(5, TimeUnit.SECONDS);
      assertThat(credentials.username()).contains("Zoë");
      assertThat(credentials.password().get().reveal()).isEqualTo("\u00ff\u00fe");
    }
  }

  @Test
  void aUserNameNeedsNoPassword() throws Exception {
    CompletableFuture<Credentials> seen = new CompletableFuture<>();
    try (TestBroker curious =
            TestBroker.start(
                credentials -> {
                  seen.complete(credentials);
                  return Future.succeededFuture(Principal.ANONYMOUS);
                });
        RawClient client = RawClient.to(curious)) {
      client
          .send(Packets.connect(4).flags(USERNAME).id("abc").text("qsm8hj"))
          .expect("20 02 00 00");
      assertThat(seen.get(5, TimeUnit.SECONDS).username()).contains("qsm8hj");
      assertThat(seen.get(5, TimeUnit.SECONDS).password()).isEmpty();
    }
  }

  @Test
  void anAuthenticatorThatThrowsIsAnInternalError() throws Exception {
    try (TestBroker faulty =
            TestBroker.start(
                credentials -> {
                  throw new IllegalStateException("unforeseen");
                });
        RawClient client = RawClient.to(faulty)) {
      client.send(Packets.connect(5).id("abc")).expect("20 03 00 83 00").expectClosed();
    }
  }

  @Test
  void mqtt5_3_2_2_22_theServersKeepAliveIsTold() throws Exception {
    try (TestBroker limiting =
            TestBroker.start(Options.usual().maxKeepAlive(Duration.ofSeconds(30)).build());
        RawClient longer = RawClient.to(limiting).send(Packets.connect(5).id("a"));
        RawClient none = RawClient.to(limiting).send(Packets.connect(5, 0, "").id("b"));
        RawClient shorter = RawClient.to(limiting).send(Packets.connect(5, 20, "").id("c"))) {
      assertThat(longer.receive()).contains("13 00 1e");
      assertThat(none.receive()).contains("13 00 1e");
      assertThat(shorter.receive()).doesNotContain("13 00");
    }
  }

  @Test
  void mqtt5_3_1_2_22_aSilentClientIsCutAfterOneAndAHalfTimesItsKeepAlive() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      long start = System.nanoTime();
      client.expectDisconnect(0x8D);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(1400));
    }
  }

  @Test
  void mqtt5_3_1_2_22_aClientThatOnlyDribblesIsCutToo() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      client.send("30 7f");
      Dribble dribble = new Dribble(client, 100, new byte[1]);
      client.expectDisconnect(0x8D);
      dribble.stop();
    }
  }

  @Test
  void aLargePacketOnItsWayGetsOneMoreWhile() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      long start = System.nanoTime();
      client.send("30 ff ff 3e"); // nearly a MiB that will not be complete
      Dribble dribble = new Dribble(client, 50, new byte[1000]);
      client.expectDisconnect(0x8D);
      dribble.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(2900), Duration.ofSeconds(8));
    }
  }

  @Test
  void aLargePacketThatTakesLongerThanTheKeepAliveIsTaken() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      Buffer packet = Packets.publish(5, 0x02, "a", 1).raw(new byte[100_000]).bytes();
      client.send(packet.slice(0, 50_000));
      try (RawClient silent = RawClient.to(broker)) { // cut after the same 1.5 seconds
        silent.send(Packets.connect(5, 1, "").id("silent")).expectAccepted();
        silent.expectDisconnect(0x8D);
      }
      client.send(packet.slice(50_000, packet.length())).expect("40 03 00 01 10");
    }
  }

  /** Sends a piece of a packet again and again, until the broker has enough of it. */
  private static final class Dribble {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Dribble(RawClient client, long everyMillis, byte[] piece) {
      clock.scheduleAtFixedRate(
          () -> {
            try {
              client.send(Buffer.buffer(piece));
            } catch (IOException cut) {
              throw new UncheckedIOException(cut); // ends the schedule
            }
          },
          everyMillis,
          everyMillis,
          TimeUnit.MILLISECONDS);
    }

    void stop() {
      clock.shutdownNow();
    }
  }

  private String connack(String properties, String id) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      return client.send(Packets.connect(5, properties).id(id)).receive();
    }
  }

  /** 3.1.1 closes without a word (MQTT-3.1.4-1); 5 may say malformed first. */
  private void expectMalformed(int level, Packets packet) throws Exception {
    if (level == 5) {
      expectTurnedAway(0x81, packet);
      return;
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(packet).expectClosed();
    }
  }

  private void expectTurnedAway(int code, Packets packet) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(packet).expectTurnedAway(code);
    }
  }
}
