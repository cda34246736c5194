package io.mestral.verticles.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.UserId;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.mestral.storage.Mail;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.MovableClock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Spec 3.6. */
class LettersTest {
  private static final Instant NOW = Instant.parse("2026-02-03T10:06:00Z");
  private static final Values EVERYTHING =
      Values.NONE
          .with("device", "Roof <b>& \"co\"\r\nBcc: eve@example.org")
          .with("percent", "7")
          .with("last", "2026-02-03 09:00 UTC")
          .with("until", "2026-02-03 11:00 UTC")
          .with("from", "2026-01-26 08:00 UTC")
          .with("to", "2026-02-02 08:00 UTC")
          .with("problem", "no time")
          .withLink("link", "http://example.org/x")
          .withLink("page", "http://example.org/v0/devices/7")
          .withRow(Map.of("device", "Roof", "readings", "1008", "last", "yesterday"))
          .withRow(Map.of("device", "Cellar <i>", "readings", "0", "last", "–"));

  private final TokenVault vault = new TokenVault(new byte[32]);
  private final Letters letters =
      new Letters(vault, () -> "http://example.org", new MovableClock(NOW));

  static Stream<Arguments> allLetters() {
    return Stream.of(LetterKind.values())
        .flatMap(
            kind -> Stream.of(Language.values()).map(language -> Arguments.of(kind, language)));
  }

  @ParameterizedTest
  @MethodSource("allLetters")
  void everyLetterIsWrittenInEveryLanguage(LetterKind kind, Language language) {
    Mail mail = letters.write(kind, "event", reader(language), EVERYTHING);
    Letter letter = open(mail);
    assertThat(mail.recipient()).isEqualTo("ada <ada@example.org>");
    assertThat(letter.text()).contains("ada").doesNotContain("{").doesNotContain("](");
    assertThat(letter.html())
        .contains("<html lang=\"" + language.code() + "\">")
        .doesNotContain("{")
        .doesNotContain("<b>")
        .doesNotContain("<i>");
    assertThat(letter.html().lines()).allMatch(line -> line.length() < 900);
    assertThat(letter.text().lines()).noneMatch(line -> line.startsWith("Bcc:"));
    assertThat(letter.unsubscribe().isPresent()).isEqualTo(kind.topic().isPresent());
    letter.unsubscribe().ifPresent(url -> assertThat(letter.text()).contains("\n" + url + "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "WELCOME, Welcome to SmartCitizen",
    "PASSWORD_RESET, Password Reset Instructions",
    "ARCHIVE_READY, Device CSV Archive Ready",
    "LOW_BATTERY, Device battery low",
    "STOPPED_PUBLISHING, Device stopped publishing",
    "ERRORS, Device has errors"
  })
  void subjectsInEnglishAreThePlatforms(LetterKind kind, String subject) {
    assertThat(letters.write(kind, "event", reader(Language.EN), EVERYTHING).subject())
        .isEqualTo(subject);
  }

  @Test
  void aLetterIsReadAsTextAndAsHtml() {
    Letter letter =
        open(letters.write(LetterKind.LOW_BATTERY, "e", reader(Language.EN), EVERYTHING));
    assertThat(letter.text())
        .startsWith(
            "Hello ada,\n\nthe battery of your device Roof <b>& \"co\" Bcc: eve@example.org")
        .contains("The device:\nhttp://example.org/v0/devices/7\n")
        .contains("\n-- \n");
    assertThat(letter.html())
        .contains("Roof &lt;b&gt;&amp; &quot;co&quot; Bcc: eve@example.org")
        .contains("<a href=\"http://example.org/v0/devices/7\">");
  }

  @Test
  void theDigestHasALineForEachDevice() {
    Letter letter =
        open(letters.write(LetterKind.WEEKLY_DIGEST, "e", reader(Language.CA), EVERYTHING));
    assertThat(letter.text())
        .contains("- Roof: 1008 lectures, l'última yesterday\n- Cellar <i>: 0 lectures");
    assertThat(letter.html()).contains("<li>Cellar &lt;i&gt;: 0 lectures, ");
  }

  @Test
  void whatWaitsInTheQueueIsSealed() {
    Mail mail = letters.write(LetterKind.PASSWORD_RESET, "e", reader(Language.EN), EVERYTHING);
    assertThat(mail.body()).doesNotContain("example.org");
    assertThat(
            new LetterSeal(
                    new TokenVault(
                        new byte[] {
                          1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                          22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32
                        }))
                .open(mail.body()))
        .isEmpty();
  }

  @Test
  void aBodyOfAnEarlierVersionIsItsText() {
    assertThat(new LetterSeal(vault).open("It is there\n").orElseThrow().text())
        .isEqualTo("It is there\n");
  }

  @Test
  void timesAreTheReaders() {
    User reader = reader(Language.EN);
    assertThat(Letters.time(NOW, reader)).isEqualTo("2026-02-03 10:06 UTC");
    User inMadrid = reader.with(reader.preferences().at("Europe/Madrid"));
    assertThat(Letters.time(NOW, inMadrid)).isEqualTo("2026-02-03 11:06 Europe/Madrid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WELCOME | a@b.c | SmartCitizen Notifications - Welcome <a@b.c>",
        "PASSWORD | a@b.c | SmartCitizen Notifications - Password <a@b.c>",
        "DEVICE | Roof Net <a@b.c> | Roof Net - Device <a@b.c>",
        "NOTIFICATIONS | a@b.c | SmartCitizen Notifications <a@b.c>",
        "DEVICE | B.C.N <a@b.c> | \"B.C.N - Device\" <a@b.c>"
      })
  void theSenderSaysWhatItIsAbout(Sender sender, String from, String shown) {
    assertThat(sender.of(from)).isEqualTo(shown);
  }

  @Test
  void anUnsubscribeLinkIsForOneUserAndTopicAndCantBeMadeUp() {
    UnsubscribeLinks links = new UnsubscribeLinks(vault, () -> "http://example.org");
    String link = links.link(new UserId(7), MailTopic.LOW_BATTERY);
    assertThat(link).startsWith("http://example.org/unsubscribe/7-low_battery-");
    String ticket = link.substring(link.lastIndexOf('/') + 1);
    assertThat(links.read(ticket))
        .contains(new UnsubscribeLinks.Ticket(new UserId(7), MailTopic.LOW_BATTERY));
    assertThat(links.read(ticket.replace("7-", "8-"))).isEmpty();
    assertThat(links.read(ticket.replace("low_battery", "errors"))).isEmpty();
    assertThat(links.read(ticket.substring(0, ticket.length() - 1))).isEmpty();
    assertThat(links.read("nonsense")).isEmpty();
  }

  private Letter open(Mail mail) {
    return new LetterSeal(vault).open(mail.body()).orElseThrow();
  }

  private static User reader(Language language) {
    return new User(
            new UserId(7),
            UUID.randomUUID(),
            "ada",
            "ada@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "key",
            NOW,
            NOW)
        .with(Preferences.DEFAULT.in(language));
  }
}
