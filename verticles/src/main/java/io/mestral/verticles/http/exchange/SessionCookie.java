package io.mestral.verticles.http.exchange;

import java.time.Duration;

/** The cookie that a browser's session travels in. */
public final class SessionCookie {
  /** Its name. */
  public static final String NAME = "mestral_session";

  /** How long a session lives. */
  public static final Duration LIFETIME = Duration.ofDays(30);

  private SessionCookie() {}

  /**
   * The value of {@code Set-Cookie}.
   *
   * @param secure whether browsers may send it over TLS only
   */
  public static String header(String token, boolean secure) {
    return header(token, LIFETIME, secure);
  }

  /** The value of {@code Set-Cookie} that ends it. */
  public static String gone(boolean secure) {
    return header("", Duration.ZERO, secure);
  }

  private static String header(String token, Duration lifetime, boolean secure) {
    return NAME
        + "="
        + token
        + "; Path=/; Max-Age="
        + lifetime.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }
}
