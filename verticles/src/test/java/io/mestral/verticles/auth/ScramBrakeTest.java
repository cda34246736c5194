package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.AuthenticationExchange.Challenge;
import io.mestral.model.access.AuthenticationExchange.Step;
import io.mestral.model.access.Credentials;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Metadata;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScramBrakeTest {
  private static final String PROOF = ",p=" + "A".repeat(43) + "=";

  private final Vertx vertx = Vertx.vertx();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final Metadata metadata = stores.metadata();
  private final ScramLogins logins =
      new ScramLogins(
          metadata,
          new DeviceTokens(
              metadata.devices(), metadata.deviceTokenEnds(), vault, Clock.systemUTC()),
          vault,
          new Passwords(vertx, vault),
          new LoginBrake(18, 1_000, vault, Clock.systemUTC(), new SimpleMeterRegistry()));

  @AfterEach
  void close() {
    stores.close();
    vertx.close().await();
  }

  @Test
  void challengesThatWereCollectedGiveNoMoreGuesses() {
    List<AuthenticationExchange> exchanges = new ArrayList<>();
    List<String> nonces = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      AuthenticationExchange exchange = logins.exchange(Credentials.NONE.from("192.0.2.1"));
      Future<Step> first = exchange.next(Buffer.buffer("n,,n=ada,r=abc"));
      String challenge = ((Challenge) first.await()).data().toString();
      exchanges.add(exchange);
      nonces.add(challenge.substring(0, challenge.indexOf(',')));
    }
    List<Refusal> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Future<Step> last = exchanges.get(i).next(Buffer.buffer("c=biws," + nonces.get(i) + PROOF));
      answers.add(Refusal.of(last.cause()));
    }
    assertThat(answers.subList(0, 3)).containsOnly(Refusal.BAD_CREDENTIALS);
    assertThat(answers.subList(3, 10)).containsOnly(Refusal.QUOTA_EXCEEDED);
  }
}
