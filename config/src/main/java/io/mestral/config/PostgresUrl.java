package io.mestral.config;

import io.mestral.config.PostgresOptions.Tls;
import io.mestral.config.PostgresOptions.TlsMode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code postgresql://user:password@host:port/database?sslmode=…}. */
final class PostgresUrl {
  static final String ALLOWED =
      "postgresql://user[:password]@host[:port]/database, with sslmode (disable, prefer, require,"
          + " verify-ca, verify-full), sslrootcert and connections (2 to 1000) behind a question"
          + " mark";
  private static final int DEFAULT_PORT = 5432;

  private final Map<String, String> parameters;

  private PostgresUrl(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  static PostgresOptions parse(String text) {
    URI url = URI.create(text);
    if (!"postgresql".equals(url.getScheme()) || url.getHost() == null)
      throw new IllegalArgumentException("not a server of PostgreSQL");
    if (url.getRawFragment() != null) throw new IllegalArgumentException("a fragment");
    return new PostgresUrl(parameters(url)).options(url);
  }

  private PostgresOptions options(URI url) {
    String[] login = required(url.getRawUserInfo(), "user").split(":", 2);
    PostgresOptions options =
        new PostgresOptions(
            url.getHost().replaceAll("[\\[\\]]", ""),
            url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
            decoded(required(url.getRawPath().replaceFirst("^/", ""), "database")),
            decoded(required(login[0], "user")),
            login.length == 2 ? Optional.of(new Hidden(decoded(login[1]))) : Optional.empty(),
            tls(),
            take("connections").map(Integer::valueOf).orElse(PostgresOptions.DEFAULT_CONNECTIONS));
    if (!parameters.isEmpty()) throw new IllegalArgumentException("unknown " + parameters.keySet());
    return options;
  }

  private Tls tls() {
    Optional<Path> roots = take("sslrootcert").map(Path::of);
    return new Tls(take("sslmode").map(PostgresUrl::mode).orElse(TlsMode.PREFER), roots);
  }

  private static TlsMode mode(String name) {
    return Arrays.stream(TlsMode.values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("sslmode " + name));
  }

  private Optional<String> take(String name) {
    return Optional.ofNullable(parameters.remove(name));
  }

  private static Map<String, String> parameters(URI url) {
    Map<String, String> found = new HashMap<>();
    if (url.getRawQuery() == null) return found;
    for (String pair : url.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || found.put(parts[0], decoded(parts[1])) != null)
        throw new IllegalArgumentException("parameter " + parts[0]);
    }
    return found;
  }

  private static String required(String part, String name) {
    if (part == null || part.isEmpty()) throw new IllegalArgumentException("no " + name);
    return part;
  }

  /** A plus stands for itself: these are no forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
