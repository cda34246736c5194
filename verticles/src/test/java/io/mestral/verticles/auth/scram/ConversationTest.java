package io.mestral.verticles.auth.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of RFC 7677, section 3, and what differs from it. */
class ConversationTest {
  private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String MADE_UP = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String CHALLENGE =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String LAST =
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  @Test
  void theExampleOfTheStandardHolds() {
    Conversation conversation = conversation(keys("pencil"));
    assertThat(conversation.challenge()).isEqualTo(CHALLENGE);
    assertThat(conversation.conclude(LAST))
        .contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
  }

  @Test
  void keysThatWereKeptAreTheSame() {
    ScramKeys kept = ScramKeys.decoded(keys("pencil").encoded()).orElseThrow();
    assertThat(conversation(kept).conclude(LAST)).isPresent();
    assertThat(ScramKeys.decoded(Secret.of("4096:x"))).isEmpty();
  }

  @Test
  void anotherPasswordIsNotAccepted() {
    assertThat(conversation(keys("pencils")).conclude(LAST)).isEmpty();
  }

  @Test
  void nobodysKeysAcceptNothing() {
    assertThat(conversation(ScramKeys.ofNobody(SALT, 4096)).conclude(LAST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"c=eSws", "r=rOprNGfwEbeRWgbNEkqO%other"})
  void aLastMessageOfAnotherConversationIsNotAccepted(String part) {
    String changed = LAST.replaceFirst(part.substring(0, 2) + "[^,]+", part);
    assertThat(conversation(keys("pencil")).conclude(changed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c=biws", "c=biws,r=x", "c=biws,r=x,p=!", "c=biws,r=x,p=A"})
  void whatIsNoLastMessageIsMalformed(String text) {
    assertThatThrownBy(() -> conversation(keys("pencil")).conclude(text))
        .satisfies(failure -> assertThat(Refusal.of(failure)).isEqualTo(Refusal.MALFORMED));
  }

  @Test
  void aFirstMessageIsTakenApart() {
    ClientFirst first = ClientFirst.of("y,a=b=2Cc,n=a=3Db,r=x~,e=1");
    assertThat(first.header()).isEqualTo("y,a=b=2Cc,");
    assertThat(first.user()).isEqualTo("a=b");
    assertThat(first.actsFor()).contains("b,c");
    assertThat(first.nonce()).isEqualTo("x~");
    assertThat(first.bare()).isEqualTo("n=a=3Db,r=x~,e=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n,,n=user",
        "p=tls-unique,,n=user,r=abc",
        "n,,m=must,n=user,r=abc",
        "n,,n=us=er,r=abc",
        "n,,n=,r=abc",
        "n,,n=user,r=",
        "n,,n=user,r=a b"
      })
  void whatIsNoFirstMessageIsMalformed(String text) {
    assertThatThrownBy(() -> ClientFirst.of(text))
        .satisfies(failure -> assertThat(Refusal.of(failure)).isEqualTo(Refusal.MALFORMED));
  }

  @Test
  void passwordsAreBroughtIntoOneForm() {
    assertThat(SaslText.prepared(Secret.of("I\u00ADX"))).contains(Secret.of("IX")); // RFC 4013, 3
    assertThat(SaslText.prepared(Secret.of("\u2168"))).contains(Secret.of("IX"));
    assertThat(SaslText.prepared(Secret.of("a\u0007"))).isEmpty();
    assertThat(SaslText.prepared(Secret.of("\u00AD"))).isEmpty();
  }

  private static ScramKeys keys(String password) {
    return ScramKeys.of(Secret.of(password), SALT, 4096);
  }

  private static Conversation conversation(ScramKeys keys) {
    return new Conversation(ClientFirst.of(FIRST), keys, MADE_UP);
  }
}
