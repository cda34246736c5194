package io.mestral.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.SmtpServer.Encryption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpServerTest {
  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example.org, mail.example.org, 25, OFFERED",
    "smtp://127.0.0.1:2525?starttls=never, 127.0.0.1, 2525, NEVER",
    "smtp://ada:x@mail.example.org, mail.example.org, 587, REQUIRED",
    "smtp://ada:x@mail.example.org:25/?starttls=offered, mail.example.org, 25, OFFERED",
    "smtps://mail.example.org, mail.example.org, 465, IMPLICIT",
    "SMTPS://ada:x@mail.example.org:4650, mail.example.org, 4650, IMPLICIT",
  })
  void theUrlSaysEverything(String url, String host, int port, Encryption encryption) {
    SmtpServer server = SmtpServer.parse(url);
    assertThat(server.host()).isEqualTo(host);
    assertThat(server.port()).isEqualTo(port);
    assertThat(server.encryption()).isEqualTo(encryption);
  }

  @Test
  void userAndPasswordMayHoldAnything() {
    SmtpServer.Login login =
        SmtpServer.parse("smtp://ada%40example.org:p%3Aa+%2F%40@host").login().orElseThrow();
    assertThat(login.user()).isEqualTo("ada@example.org");
    assertThat(login.password().reveal()).isEqualTo("p:a+/@");
    assertThat(login.toString()).doesNotContain("p:a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://ada@host",
        "smtp://host/path",
        "smtp://host?starttls=perhaps",
        "smtp://host?tls=no"
      })
  void whatIsNoServerIsRefused(String url) {
    assertThatThrownBy(() -> SmtpServer.parse(url)).isInstanceOf(IllegalArgumentException.class);
  }
}
