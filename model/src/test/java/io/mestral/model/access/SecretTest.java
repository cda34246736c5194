package io.mestral.model.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void aSecretIsNeverPrintedWhole() {
    assertThat(Secret.of("correct horse")).hasToString("co…");
    assertThat(Secret.of("abc")).hasToString("…");
  }

  /** What compares in constant time is the JDK's; here it is shown to agree with it. */
  @Test
  void secretsAreTheSameWhenEveryLetterIs() {
    for (String other : Set.of("tokem", "token ", "Token", "", "token"))
      assertThat(Secret.of("token").equals(Secret.of(other)))
          .isEqualTo(MessageDigest.isEqual("token".getBytes(), other.getBytes()));
  }

  @Test
  void scopesAreWrittenInOneOrderAndUnknownWordsAreLeftOut() {
    assertThat(Scope.text(Scope.known(" readings:write nonsense openid  profile ")))
        .isEqualTo("openid profile readings:write");
    assertThat(Scope.known("")).isEmpty();
    assertThat(Scope.text(Set.of())).isEmpty();
  }
}
