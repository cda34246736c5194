package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.SealedToken;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenVaultTest {
  private final TokenVault vault = new TokenVault(key(1));

  @Test
  void aSealedTokenOpensToItself() {
    Secret token = vault.newApiToken();
    SealedToken sealed = vault.seal(token);
    assertThat(vault.open(sealed)).contains(token);
    assertThat(sealed.hash()).isEqualTo(vault.hash(token));
    assertThat(new String(sealed.cipher(), StandardCharsets.ISO_8859_1))
        .doesNotContain(token.reveal());
  }

  @Test
  void anotherNodesKeyFindsAndOpensNothing() {
    TokenVault stranger = new TokenVault(key(2));
    Secret token = Secret.of("abc123");
    assertThat(stranger.hash(token)).isNotEqualTo(vault.hash(token));
    SealedToken sealed = vault.seal(token);
    assertThat(stranger.open(sealed)).isEmpty();
  }

  @Test
  void tokensHaveTheFormsThatClientsTake() {
    assertThat(vault.newDeviceToken().reveal()).matches("[a-z0-9]{6}");
    assertThat(vault.newApiToken().reveal()).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void aSecretDoesNotPrintItself() {
    assertThat(Secret.of("abc123").toString()).isEqualTo("ab…");
    assertThat(Secret.of("abc").toString()).isEqualTo("…");
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return key;
  }
}
