package io.mestral.verticles.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.mestral.storage.Settled;
import io.mestral.storage.SigningKeyRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.MovableClock;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which key signs, and which are published. */
class SigningKeysTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-03T12:00:00Z"));
  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, clock);
  private final SigningKeyRegistry registry = stores.metadata().signingKeys();
  private final SigningKeys keys = keys(new byte[32]);

  private SigningKeys keys(byte[] nodeKey) {
    return new SigningKeys(
        registry,
        new TokenVault(nodeKey),
        Duration.ofDays(30),
        stores.metadata().auditLog(),
        clock);
  }

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  private String signing() {
    return Settled.value(keys.signing()).getKeyID();
  }

  private List<String> published() {
    return Settled.value(keys.published()).getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Test
  void aKeyIsPublishedADayBeforeItSignsAndStaysTwoDaysAfterwards() {
    String first = signing();
    assertThat(published()).containsExactly(first);
    clock.forward(Duration.ofDays(29));
    assertThat(signing()).isEqualTo(first);
    assertThat(published()).hasSize(2).startsWith(first);
    clock.forward(Duration.ofDays(1));
    String second = signing();
    assertThat(second).isNotEqualTo(first);
    assertThat(published()).containsExactly(first, second);
    clock.forward(Duration.ofDays(2));
    assertThat(published()).containsExactly(second);
  }

  @Test
  void theSameKeysAreThereAfterAStart() {
    String first = signing();
    SigningKeys again = keys(new byte[32]);
    assertThat(Settled.value(again.signing()).getKeyID()).isEqualTo(first);
  }

  @Test
  void aKeyThatAnotherNodeKeySealedIsOfNoUse() {
    String first = signing();
    byte[] other = new byte[32];
    other[0] = 1;
    SigningKeys stranger = keys(other);
    assertThat(Settled.value(stranger.signing()).getKeyID()).isNotEqualTo(first);
    assertThat(Settled.value(stranger.named(first))).isEmpty();
  }

  @Test
  void aKeyThatAnotherNodeMadeIsFoundWithoutWaiting() {
    signing();
    SigningKeys other = keys(new byte[32]);
    clock.forward(Duration.ofDays(29));
    String made = Settled.value(other.published()).getKeys().get(1).getKeyID();
    clock.forward(Duration.ofSeconds(2));
    assertThat(Settled.value(keys.named(made))).isPresent();
  }
}
