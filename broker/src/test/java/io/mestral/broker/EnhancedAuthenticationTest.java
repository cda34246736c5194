package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH (MQTT 5, 4.12) with a method of two steps; the names give the normative statements. */
class EnhancedAuthenticationTest {
  private static final int CONTINUE = 0x18;
  private static final int AGAIN = 0x19;
  private static final String METHOD = property("15", PasswordInTwoSteps.METHOD);

  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start(new PasswordInTwoSteps());
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Statement({"5.0 MQTT-4.12.0-2", "5.0 MQTT-4.12.0-5", "5.0 MQTT-3.2.0-1"})
  void mqtt5_4_12_0_2_theClientIsAskedAndThenLetIn() throws Exception {
    try (RawClient client = connecting("bea")) {
      client.expect(auth(CONTINUE, METHOD + " " + data("password?")));
      client.send(answer(CONTINUE, "right"));
      assertThat(client.receive())
          .startsWith("20")
          .contains(" 00 00 ")
          .contains(METHOD + " " + data("welcome")); // MQTT-4.12.0-5
      client.expectNothing();
      assertThat(broker.sessions().size()).isEqualTo(1);
    }
  }

  @Test
  void thePrincipalIsTheOneThatWasProved() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.expectNothing();
      assertThat(broker.sessions().endAll(Principal.User.class::isInstance, Refusal.NOT_AUTHORIZED))
          .isEqualTo(1);
      client.expectDisconnect(0x87);
    }
  }

  @Test
  @Statement("5.0 MQTT-4.12.0-4")
  void mqtt5_4_12_0_4_aWrongAnswerIsRefusedInConnack() throws Exception {
    try (RawClient client = asked("bea")) {
      client.send(answer(CONTINUE, "wrong")).expectTurnedAway(0x86);
    }
    assertThat(broker.count("connects", "result", "0x86")).isEqualTo(1);
    assertThat(broker.sessions().size()).isZero();
  }

  @Test
  @Statement("5.0 MQTT-4.12.0-1")
  void mqtt5_4_12_0_1_anUnknownMethodIsRefused() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, property("15", "OTHER")).id("abc")).expectTurnedAway(0x8C);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0 00", // PINGREQ
        "30 04 00 01 61 00", // PUBLISH
        "f0 0a 19 08 15 00 05 53 54 45 50 53", // AUTH: again
        "f0 0a 18 08 15 00 05 4f 54 48 45 52", // AUTH: another method
        "f0 02 18 00" // AUTH: no method
      })
  @Statement("5.0 MQTT-3.1.2-30")
  void mqtt5_3_1_2_30_nothingButTheAnswerIsTakenMeanwhile(String packet) throws Exception {
    try (RawClient client = asked("bea")) {
      client.send(packet).expectTurnedAway(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-30")
  void mqtt5_3_1_2_30_aClientMayGiveUp() throws Exception {
    try (RawClient client = asked("bea")) {
      client.send("e0 00").expectClosed();
    }
    assertThat(broker.count("disconnects", "reason", "client left")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f0 00", "f0 01 00", "f0 01 17"})
  @Statement("5.0 MQTT-3.15.2-1")
  void mqtt5_3_15_2_1_noOtherReasonIsForAClient(String packet) throws Exception {
    try (RawClient client = asked("bea")) {
      client.send(packet).expectTurnedAway(0x82);
    }
    try (RawClient client = letIn("bea")) {
      client.send(packet).expectDisconnect(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.15.1-1")
  void mqtt5_3_15_1_1_reservedFlagsOfAuthAreMalformed() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send("f1 00").expectDisconnect(0x81);
    }
  }

  @Test
  void aPacketThatIsMalformedEndsTheExchange() throws Exception {
    try (RawClient client = asked("bea")) {
      client.send("f0 03 18 01 7f").expectTurnedAway(0x81);
    }
  }

  @Test
  void whoeverDoesNotAnswerInTimeIsClosed() throws Exception {
    Duration patience = Duration.ofMillis(300);
    try (TestBroker impatient =
            TestBroker.start(
                Options.usual().connectTimeout(patience).build(),
                new PasswordInTwoSteps(),
                new OpenPolicy());
        RawClient silent = RawClient.to(impatient).send(connect("bea"));
        RawClient waiting = RawClient.to(impatient).send(connect("bea"))) {
      silent.receive();
      silent.expectClosed();
      waiting.receive();
      waiting.send(answer(CONTINUE, "wait")).expectClosed();
      assertThat(impatient.count("disconnects", "reason", "no connect")).isEqualTo(2);
    }
  }

  @Test
  void mqtt5_3_1_2_24_aQuestionThatIsTooLargeIsNotAsked() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      String properties = METHOD + " " + data("bea") + " 27 00 00 00 10";
      client.send(Packets.connect(5, properties).id("abc")).expectTurnedAway(0x95);
    }
  }

  @Test
  void aClientThatIsLostWhileItIsAskedLeavesNothingBehind() throws Exception {
    try (RawClient client = asked("bea")) {
      client.cut();
    }
    try (RawClient next = letIn("bea")) {
      next.expectNothing();
      assertThat(broker.sessions().size()).isEqualTo(1);
    }
  }

  @Test
  @Statement("5.0 MQTT-4.12.0-6")
  void mqtt5_4_12_0_6_aClientThatNamedNoMethodIsToldOfNone() throws Exception {
    try (RawClient client = RawClient.to(broker).send(Packets.connect(5).id("abc"))) {
      assertThat(client.receive()).doesNotContain("53 54 45 50 53");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {CONTINUE, AGAIN})
  @Statement("5.0 MQTT-4.12.0-7")
  void mqtt5_4_12_0_7_aClientThatNamedNoMethodSendsNoAuth(int reason) throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(answer(reason, "bea")).expectDisconnect(0x82);
    }
  }

  @Test
  @Statement({"5.0 MQTT-4.12.0-5", "5.0 MQTT-3.15.2-1"})
  void mqtt5_s4_12_1_aClientProvesAgainWhoItIs() throws Exception {
    try (RawClient client = letIn("bea")) {
      for (int round = 0; round < 2; round++) {
        client.send(answer(AGAIN, "bea"));
        client.expect(auth(CONTINUE, METHOD + " " + data("password?")));
        client.send(answer(CONTINUE, "right"));
        client.expect(auth(0, METHOD + " " + data("welcome")));
      }
      client.expectNothing();
      assertThat(broker.count("reauthentications", "result", "accepted")).isEqualTo(2);
    }
  }

  @Test
  void mqtt5_s4_12_1_messagesGoOnMeanwhile() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      client.send(answer(AGAIN, "bea")).receive();
      client.send(Packets.publish(5, 0, "a", -1).raw("x")).expect("30 05 00 01 61 00 78");
      client.send(answer(CONTINUE, "wait")).expectNothing();
      client.send(Packets.publish(5, 0, "a", -1).raw("x")).expect("30 05 00 01 61 00 78");
    }
  }

  @Test
  @Statement("5.0 MQTT-4.12.1-2")
  void mqtt5_4_12_1_2_aFailureEndsTheConnection() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send(answer(AGAIN, "bea")).receive();
      client.send(answer(CONTINUE, "wrong")).expectDisconnect(0x87);
    }
    assertThat(broker.count("disconnects", "reason", "not proved again")).isEqualTo(1);
    assertThat(broker.count("reauthentications", "result", "refused")).isEqualTo(1);
  }

  @Test
  void whoProvesToBeSomebodyElseIsSentAway() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send(answer(AGAIN, "jonas")).receive();
      client.send(answer(CONTINUE, "right")).expectDisconnect(0x87);
    }
  }

  @Test
  @Statement("5.0 MQTT-4.12.1-1")
  void mqtt5_4_12_1_1_theMethodStaysTheSame() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send(auth(AGAIN, property("15", "OTHER"))).expectDisconnect(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-4.12.0-3")
  void mqtt5_4_12_0_3_authOutOfTurnIsAProtocolError() throws Exception {
    try (RawClient client = letIn("bea")) {
      client.send(answer(CONTINUE, "right")).expectDisconnect(0x82);
    }
    try (RawClient client = letIn("bea")) {
      client.send(answer(AGAIN, "bea")).receive();
      client.send(answer(AGAIN, "bea")).expectDisconnect(0x82);
    }
    try (RawClient client = letIn("bea")) {
      client.send(answer(AGAIN, "bea")).receive();
      client.send(answer(CONTINUE, "wait"));
      client.send(answer(CONTINUE, "right")).expectDisconnect(0x82);
    }
  }

  @Test
  void whoBeginsToProveItAndStopsIsSentAway() throws Exception {
    Duration patience = Duration.ofMillis(300);
    try (TestBroker impatient =
            TestBroker.start(
                Options.usual().connectTimeout(patience).build(),
                new PasswordInTwoSteps(),
                new OpenPolicy());
        RawClient client = RawClient.to(impatient).send(connect("bea"))) {
      client.receive();
      client.send(answer(CONTINUE, "right")).receive();
      client.send(answer(AGAIN, "bea")).receive();
      client.expectDisconnect(0x87);
    }
  }

  private RawClient connecting(String name) throws Exception {
    return RawClient.to(broker).send(connect(name));
  }

  private RawClient asked(String name) throws Exception {
    RawClient client = connecting(name);
    assertThat(client.receive()).startsWith("f0");
    return client;
  }

  private RawClient letIn(String name) throws Exception {
    return asked(name).send(answer(CONTINUE, "right")).expectAccepted();
  }

  private static Packets connect(String name) {
    return Packets.connect(5, METHOD + " " + data(name)).id("abc");
  }

  private static String answer(int reason, String data) {
    return auth(reason, METHOD + " " + data(data));
  }

  private static String auth(int reason, String properties) {
    int length = (properties.length() + 1) / 3;
    return "f0 %02x %02x %02x %s".formatted(length + 2, reason, length, properties);
  }

  private static String data(String text) {
    return property("16", text);
  }

  private static String property(String code, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return code + " 00 %02x ".formatted(bytes.length) + HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Test
  void anExchangeThatCanNotEvenBeginIsAnInternalError() throws Exception {
    Authenticator broken =
        new Authenticator() {
          @Override
          public Future<Login> authenticate(Credentials credentials) {
            return Future.succeededFuture(Login.ANONYMOUS);
          }

          @Override
          public Optional<AuthenticationExchange> exchange(String method, Credentials shown) {
            throw new IllegalStateException("broken");
          }
        };
    try (TestBroker confused = TestBroker.start(broken);
        RawClient client = RawClient.to(confused)) {
      client.send(Packets.connect(5, "15 00 01 58").id("prover")).expectTurnedAway(0x83);
      assertThat(confused.events()).extracting(BrokerEvent::text).containsExactly("refused (0x83)");
    }
  }
}
