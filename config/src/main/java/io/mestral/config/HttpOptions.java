package io.mestral.config;

import java.util.Optional;
import java.util.Set;

/**
 * The HTTP server's settings.
 *
 * @param port {@code http.port}; 0 takes any free one
 * @param tls a second port for the same, empty unless {@code http.tls.cert} is set
 * @param publicUrl {@code node.public-url}, without a slash at the end; empty: the address it
 *     listens on
 * @param requestsPerMinute {@code limits.http-per-minute}; 0 is no limit
 * @param maxBody largest request body in bytes
 * @param signUp {@code accounts.sign-up}
 * @param origins {@code http.origins}: pages of these may ask with the user's session
 * @param trustedProxies {@code http.trusted-proxies}: what these say of their clients is believed
 * @param dataLicence {@code data.licence}, a link
 */
public record HttpOptions(
    String host,
    int port,
    Optional<TlsOptions> tls,
    Optional<String> publicUrl,
    int requestsPerMinute,
    long maxBody,
    SignUp signUp,
    Set<String> origins,
    Set<AddressRange> trustedProxies,
    Optional<String> dataLicence) {

  /** Who may make an account. */
  public enum SignUp {
    /** Everybody. */
    OPEN,
    /** Who was invited by an administrator. */
    INVITE,
    /** Only administrators make accounts. */
    CLOSED
  }

  /** What a node does when nobody says otherwise. */
  public static final HttpOptions DEFAULTS =
      new HttpOptions(
          "127.0.0.1",
          8080,
          Optional.empty(),
          Optional.empty(),
          150,
          64L << 20,
          SignUp.OPEN,
          Set.of(),
          Set.of(),
          Optional.of("https://creativecommons.org/licenses/by-sa/4.0/"));

  /** Refuses values out of range. */
  public HttpOptions {
    origins = Set.copyOf(origins);
    trustedProxies = Set.copyOf(trustedProxies);
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
    if (requestsPerMinute < 0)
      throw new IllegalArgumentException("requestsPerMinute " + requestsPerMinute);
  }
}
