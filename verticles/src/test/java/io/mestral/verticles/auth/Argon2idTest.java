package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.access.Secret;
import org.junit.jupiter.api.Test;

class Argon2idTest {
  @Test
  void aPasswordMatchesItsHashAndNoOther() {
    String hash = Argon2id.DEFAULT.hash(Secret.of("correct horse"));
    assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=5,p=1$");
    assertThat(Argon2id.matches(Secret.of("correct horse"), hash)).isTrue();
    assertThat(Argon2id.matches(Secret.of("correct Horse"), hash)).isFalse();
  }

  @Test
  void aHashOfTheReferenceImplementationIsUnderstood() {
    // argon2 command line tool: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 24 … with
    // the PHC text computed from the published test vector of the Argon2 repository
    String published =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(Argon2id.matches(Secret.of("password"), published)).isTrue();
    assertThat(Argon2id.matches(Secret.of("Password"), published)).isFalse();
  }

  @Test
  void whatIsNoHashIsAnErrorAndNotAWrongPassword() {
    assertThatThrownBy(() -> Argon2id.matches(Secret.of("x"), "$2a$10$abcdef"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHashCannotAskForUnboundedMemory() {
    assertThatThrownBy(
            () ->
                Argon2id.matches(
                    Secret.of("x"), "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
