package io.mestral.verticles.http.account;

import io.mestral.model.platform.Language;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.mail.Html;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * Small pages that links in mails lead to, in the reader's language, without scripts. Their
 * addresses are secrets, so nobody else is told where a reader came from, or may show them in a
 * frame.
 */
final class Page {
  private static final Map<Language, Properties> TEXTS = new EnumMap<>(Language.class);
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control",
          "no-store",
          "Content-Security-Policy",
          "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
          "Referrer-Policy",
          "no-referrer");

  static {
    for (Language language : Language.values()) TEXTS.put(language, read(language));
  }

  private final Language language;
  private final StringBuilder content = new StringBuilder();

  Page(Language language) {
    this.language = language;
  }

  private static Properties read(Language language) {
    Properties texts = new Properties();
    try (InputStream in = Page.class.getResourceAsStream("pages_" + language.code() + ".txt")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A heading or paragraph by its key. */
  Page say(String tag, String key) {
    content.append('<').append(tag).append('>').append(text(key));
    content.append("</").append(tag).append(">\n");
    return this;
  }

  /** A form that is sent to the page's own address. */
  Page form(String fields, String button) {
    content
        .append("<form method=\"post\">\n")
        .append(fields)
        .append("<p><button type=\"submit\">")
        .append(text(button))
        .append("</button></p>\n</form>\n");
    return this;
  }

  String text(String key) {
    String text = TEXTS.get(language).getProperty(key);
    if (text == null) throw new IllegalArgumentException("no text " + key + " in " + language);
    return Html.escaped(text);
  }

  Answer answer(int status, String titleKey) {
    String html =
        """
        <!DOCTYPE html>
        <html lang="%s">
        <head><meta charset="utf-8"><title>%s</title>
        <meta name="viewport" content="width=device-width"></head>
        <body>
        %s</body>
        </html>
        """
            .formatted(language.code(), text(titleKey), content);
    return new Answer(status, "text/html; charset=utf-8", Buffer.buffer(html), HEADERS, false);
  }
}
