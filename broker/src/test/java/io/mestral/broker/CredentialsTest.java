package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is let in, and what the others are told. */
class CredentialsTest {
  private static final int PASSWORD = 0x40;
  private static final int USERNAME = 0x80;

  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void anAuthenticatorThatDoesNotAnswerIsUnavailable() throws Exception {
    Promise<Login> never = Promise.promise();
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
  @Statement({"3.1.1 MQTT-3.2.2-5", "5.0 MQTT-3.1.4-2", "5.0 MQTT-3.2.2-7"})
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
                  return Future.succeededFuture(Login.ANONYMOUS);
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
                  return Future.succeededFuture(Login.ANONYMOUS);
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
  void credentialsThatEndEndTheConnection() throws Exception {
    Instant end = new MovableClock().instant().plusMillis(300);
    try (TestBroker broker =
            TestBroker.start(
                credentials ->
                    Future.succeededFuture(
                        credentials.username().isPresent()
                            ? new Login(Principal.ANONYMOUS, Optional.of(end))
                            : Login.ANONYMOUS));
        RawClient lasting = RawClient.v5(broker, "lasting");
        RawClient old = RawClient.to(broker);
        RawClient ending = RawClient.to(broker)) {
      old.send(Packets.connect(4).flags(0x80).id("old").text("u")).expect("20 02 00 00");
      ending.send(Packets.connect(5).flags(0x80).id("new").text("u")).expectAccepted();
      ending.expectDisconnect(0x87);
      old.expectClosed();
      lasting.expectNothing();
    }
  }
}
