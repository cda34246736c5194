package io.mestral.verticles.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.InMemorySigningKeys;
import io.mestral.verticles.http.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which key signs, and which are published. */
class SigningKeysTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-02-03T12:00:00Z"));
  private final InMemorySigningKeys registry = new InMemorySigningKeys();
  private final SigningKeys keys = keys(new byte[32]);

  private SigningKeys keys(byte[] nodeKey) {
    return new SigningKeys(registry, new TokenVault(nodeKey), Duration.ofDays(30), clock);
  }

  private String signing() {
    return keys.signing().result().getKeyID();
  }

  private List<String> published() {
    return keys.published().result().getKeys().stream().map(JWK::getKeyID).toList();
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
    assertThat(again.signing().result().getKeyID()).isEqualTo(first);
  }

  @Test
  void aKeyThatAnotherNodeKeySealedIsOfNoUse() {
    String first = signing();
    byte[] other = new byte[32];
    other[0] = 1;
    SigningKeys stranger = keys(other);
    assertThat(stranger.signing().result().getKeyID()).isNotEqualTo(first);
    assertThat(stranger.named(first).result()).isEmpty();
  }

  @Test
  void aKeyThatAnotherNodeMadeIsFoundWithoutWaiting() {
    signing();
    SigningKeys other = keys(new byte[32]);
    clock.forward(Duration.ofDays(29));
    String made = other.published().result().getKeys().get(1).getKeyID();
    clock.forward(Duration.ofSeconds(2));
    assertThat(keys.named(made).result()).isPresent();
  }
}
