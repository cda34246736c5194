package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.GatewayId;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Gateway;
import io.mestral.storage.Settled;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayLoginsTest {
  private static final Secret TOKEN = Secret.of("t".repeat(43));
  private static final int WRONG_TOKENS = 30; // ten for each wrong password

  private final Vertx vertx = Vertx.vertx();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final TokenVerifier verifier =
      new TokenVerifier(
          stores.metadata(),
          vault,
          new Passwords(vertx, vault),
          new LoginBrake(3, 1_000, vault, Clock.systemUTC(), new SimpleMeterRegistry()),
          Clock.systemUTC());
  private Principal roof;

  @BeforeEach
  void adaHasAGateway() {
    Gateway draft =
        new Gateway(
            new GatewayId(0),
            "roof",
            "urn:x:roof",
            stores.user("ada"),
            Instant.EPOCH,
            Instant.EPOCH);
    Gateway made = Settled.value(stores.metadata().gateways().add(draft, vault.hash(TOKEN)));
    roof = new Principal.Gateway(made.id(), "roof", "urn:x:roof", made.owner());
  }

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  private Future<Login> login(String user, Secret token, String address) {
    return verifier.authenticate(
        new Credentials(Optional.of(user), Optional.of(token)).from(address));
  }

  @Test
  void aGatewayLogsInByItsNameAndToken() {
    assertThat(Settled.value(login("gateway:roof", TOKEN, "192.0.2.1"))).isEqualTo(Login.of(roof));
    assertThat(Settled.value(login("edge:roof", TOKEN, "192.0.2.1"))).isEqualTo(Login.of(roof));
    int others = 0;
    for (String other :
        List.of("gateway:Roof", "gateway:", "gateway:cellar", "gateway:roof ", "edge:cellar"))
      assertThat(Refusal.of(Settled.failure(login(other, TOKEN, "198.51.100." + others++))))
          .isEqualTo(Refusal.BAD_CREDENTIALS);
  }

  @Test
  void wrongTokensAreChargedToTheirAddress() {
    List<Refusal> answers = new ArrayList<>();
    for (int i = 0; i <= WRONG_TOKENS; i++)
      answers.add(
          Refusal.of(Settled.failure(login("gateway:roof", Secret.of("wrong " + i), "192.0.2.1"))));
    assertThat(answers.subList(0, WRONG_TOKENS)).containsOnly(Refusal.BAD_CREDENTIALS);
    assertThat(answers.get(WRONG_TOKENS)).isEqualTo(Refusal.QUOTA_EXCEEDED);
    assertThat(Settled.value(login("gateway:roof", TOKEN, "198.51.100.1")).principal())
        .isEqualTo(roof);
  }

  @Test
  void aSessionsGatewayIsKnownByItsName() {
    KnownPrincipals known = new KnownPrincipals(stores.metadata(), vault);
    assertThat(Settled.value(known.named("gateway:roof"))).contains(roof);
    assertThat(Settled.value(known.named("gateway:cellar"))).isEmpty();
  }
}
