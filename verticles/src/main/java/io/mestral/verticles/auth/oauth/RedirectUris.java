package io.mestral.verticles.auth.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where answers may go: exactly what was registered, but for the port of an application that
 * listens on its own machine (RFC 8252, 7.3), which it can't know beforehand.
 */
final class RedirectUris {
  static final int MOST = 20;
  private static final int LONGEST = 2_000;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

  private RedirectUris() {}

  /**
   * Whether it may be registered: over TLS, on the user's own machine, or of a scheme that an
   * application made its own by a domain name (RFC 8252, 7.1).
   */
  static boolean isRegistrable(String text) {
    Optional<URI> parsed = parse(text);
    if (parsed.isEmpty() || text.length() > LONGEST) return false;
    URI uri = parsed.get();
    if (!uri.isAbsolute() || uri.getRawFragment() != null || uri.getRawUserInfo() != null)
      return false;
    return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> uri.getHost() != null;
      case "http" -> isLoopback(uri) || "localhost".equals(uri.getHost());
      default -> uri.getScheme().contains(".");
    };
  }

  /** Whether one of the registered is meant. */
  static boolean isAmong(List<String> registered, String asked) {
    return registered.contains(asked)
        || parse(asked)
            .filter(RedirectUris::isLoopback)
            .filter(uri -> registered.stream().anyMatch(one -> isSameButForPort(one, uri)))
            .isPresent();
  }

  private static boolean isSameButForPort(String registered, URI asked) {
    return parse(registered)
        .filter(RedirectUris::isLoopback)
        .filter(
            one ->
                one.getHost().equals(asked.getHost())
                    && one.getRawPath().equals(asked.getRawPath())
                    && Objects.equals(one.getRawQuery(), asked.getRawQuery())
                    && asked.getRawFragment() == null
                    && asked.getRawUserInfo() == null)
        .isPresent();
  }

  private static boolean isLoopback(URI uri) {
    return "http".equals(uri.getScheme())
        && uri.getHost() != null
        && LOOPBACK.contains(uri.getHost());
  }

  private static Optional<URI> parse(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException malformed) {
      return Optional.empty();
    }
  }
}
