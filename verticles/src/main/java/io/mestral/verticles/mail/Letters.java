package io.mestral.verticles.mail;

import io.mestral.model.platform.Language;
import io.mestral.model.platform.User;
import io.mestral.storage.Mail;
import io.mestral.verticles.auth.TokenVault;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes letters to people in their language (spec 3.6). */
public final class Letters {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /** What separates a text from what follows by itself in each (RFC 3676, 4.3). */
  private static final String SIGNATURE = "\n-- \n";

  private final Templates templates = new Templates();
  private final LetterSeal seal;
  private final UnsubscribeLinks unsubscribing;
  private final Supplier<String> base;
  private final Clock clock;

  /**
   * @param base of links, without a slash at the end
   */
  public Letters(TokenVault vault, Supplier<String> base, Clock clock) {
    this.seal = new LetterSeal(vault);
    this.unsubscribing = new UnsubscribeLinks(vault, base);
    this.base = base;
    this.clock = clock;
  }

  /** The base of links. */
  public String base() {
    return base.get();
  }

  /** Whether somebody wants letters of this kind. */
  public static boolean wanted(LetterKind kind, User reader) {
    return kind.topic().map(topic -> reader.preferences().mails().contains(topic)).orElse(true);
  }

  /** A time as the reader's clock has it. */
  public static String time(Instant time, User reader) {
    String zone = reader.preferences().zone().getId().replace("Etc/", "");
    return TIME.format(time.atZone(reader.preferences().zone()))
        + " "
        + (zone.equals("Z") ? "UTC" : zone);
  }

  /**
   * The mail with a letter.
   *
   * @param event what it tells of; one event makes one mail
   */
  public Mail write(LetterKind kind, String event, User reader, Values values) {
    Language language = reader.preferences().language();
    Template template = templates.of(kind, language);
    Template footer = templates.footer(kind, language);
    Optional<String> unsubscribe =
        kind.topic().map(topic -> unsubscribing.link(reader.id(), topic));
    Values all =
        values
            .with("username", reader.username())
            .withLink("base", base.get())
            .withLink("unsubscribe", unsubscribe.orElse(""));
    String text = template.text(all) + SIGNATURE + footer.text(all);
    String html = page(language, template.html(all) + "<hr>\n" + footer.html(all));
    Letter letter = new Letter(kind.sender(), text, html, unsubscribe);
    return new Mail(
        event, recipient(reader), template.subject(), seal.close(letter), clock.instant());
  }

  private static String page(Language language, String content) {
    return "<!DOCTYPE html>\n<html lang=\""
        + language.code()
        + "\">\n<body>\n"
        + content
        + "</body>\n</html>\n";
  }

  /** A name that would need quoting is left out. */
  private static String recipient(User user) {
    return user.username().matches("[A-Za-z0-9 ._-]+")
        ? user.username() + " <" + user.email() + ">"
        : user.email();
  }
}
