package io.mestral.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A mail server, as {@code smtp://user:password@host:587} or {@code smtps://…} names it.
 *
 * @param encryption when the connection is encrypted
 */
public record SmtpServer(String host, int port, Encryption encryption, Optional<Login> login) {
  /** When the connection is encrypted. */
  public enum Encryption {
    /** Never. */
    NEVER,
    /** After STARTTLS, where the server offers it. */
    OFFERED,
    /** After STARTTLS, or no mail is sent. */
    REQUIRED,
    /** From the first byte. */
    IMPLICIT
  }

  /** Whom the server is told. */
  public record Login(String user, Hidden password) {}

  private static final String STARTTLS = "starttls=";

  /**
   * Reads the URL. A password is only sent encrypted unless {@code ?starttls=} says otherwise.
   *
   * @throws IllegalArgumentException when it is none
   */
  static SmtpServer parse(String text) {
    URI url = URI.create(text);
    boolean implicit = "smtps".equalsIgnoreCase(url.getScheme());
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    if (!implicit && !"smtp".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || !bare)
      throw new IllegalArgumentException("no URL of a mail server");
    Optional<Login> login = Optional.ofNullable(url.getRawUserInfo()).map(SmtpServer::login);
    Encryption encryption = encryption(Optional.ofNullable(url.getRawQuery()), login.isPresent());
    int usual = implicit ? 465 : login.isPresent() ? 587 : 25;
    return new SmtpServer(
        url.getHost(),
        url.getPort() < 0 ? usual : url.getPort(),
        implicit ? Encryption.IMPLICIT : encryption,
        login);
  }

  private static Login login(String userInfo) {
    int colon = userInfo.indexOf(':');
    if (colon < 1) throw new IllegalArgumentException("a user has a password");
    return new Login(
        decoded(userInfo.substring(0, colon)), new Hidden(decoded(userInfo.substring(colon + 1))));
  }

  /** A plus is a plus here. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Encryption encryption(Optional<String> query, boolean secret) {
    if (query.isEmpty()) return secret ? Encryption.REQUIRED : Encryption.OFFERED;
    if (!query.get().startsWith(STARTTLS)) throw new IllegalArgumentException("unknown parameter");
    String wanted = query.get().substring(STARTTLS.length()).toUpperCase(Locale.ROOT);
    return Arrays.stream(Encryption.values())
        .filter(one -> one != Encryption.IMPLICIT && one.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("starttls"));
  }
}
