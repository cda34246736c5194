package io.mestral.config;

import io.mestral.config.CassandraOptions.Consistency;
import io.mestral.config.CassandraOptions.Login;
import io.mestral.config.CassandraOptions.Server;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code cassandra://user:password@host:port,host:port/keyspace?dc=…}: a URL but for the
 * commas, so {@link java.net.URI} doesn't.
 */
final class CassandraUrl {
  static final String ALLOWED =
      "cassandra://[user:password@]host[:port][,host[:port]…]/keyspace?dc=NAME, with consistency"
          + " (local_quorum, quorum, local_one) and replication (1 to 9) behind an ampersand";

  private static final int DEFAULT_PORT = 9042;
  private static final Pattern URL =
      Pattern.compile(
          "cassandra://(?:([^@/?#:]+):([^@/?#]+)@)?([^@/?#]+)/([a-z][a-z0-9_]{0,47})\\?([^#]+)");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+\\])(?::(\\d{1,5}))?");

  private CassandraUrl() {}

  static CassandraOptions parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) throw new IllegalArgumentException("not a cluster of Cassandra");
    Map<String, String> parameters = parameters(url.group(5));
    CassandraOptions options =
        new CassandraOptions(
            contactPoints(url.group(3)),
            url.group(4),
            dataCentre(parameters),
            Optional.ofNullable(url.group(1))
                .map(user -> new Login(decoded(user), new Hidden(decoded(url.group(2))))),
            consistency(parameters),
            replication(parameters));
    if (!parameters.isEmpty()) throw new IllegalArgumentException("unknown " + parameters.keySet());
    return options;
  }

  private static List<Server> contactPoints(String hosts) {
    return Arrays.stream(hosts.split(",", -1)).map(CassandraUrl::server).toList();
  }

  private static Server server(String text) {
    Matcher host = HOST.matcher(text);
    if (!host.matches()) throw new IllegalArgumentException("host " + text);
    return new Server(
        host.group(1).replaceAll("[\\[\\]]", ""),
        host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2)));
  }

  private static String dataCentre(Map<String, String> parameters) {
    String name = parameters.remove("dc");
    if (name == null || name.isBlank()) throw new IllegalArgumentException("no dc");
    return name;
  }

  private static Consistency consistency(Map<String, String> parameters) {
    String name = Optional.ofNullable(parameters.remove("consistency")).orElse("local_quorum");
    return Arrays.stream(Consistency.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("consistency " + name));
  }

  private static OptionalInt replication(Map<String, String> parameters) {
    String copies = parameters.remove("replication");
    return copies == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(copies));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> found = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || found.put(parts[0], decoded(parts[1])) != null)
        throw new IllegalArgumentException("parameter " + parts[0]);
    }
    return found;
  }

  /** A plus stands for itself: these are no forms. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
