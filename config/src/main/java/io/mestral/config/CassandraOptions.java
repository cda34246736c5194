package io.mestral.config;

import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where readings are kept when a Cassandra cluster keeps them, {@code storage.readings}.
 *
 * @param contactPoints nodes that are asked first, unresolved; the rest is learnt from them
 * @param keyspace made if it is not there
 * @param dataCentre the one whose nodes are talked to
 * @param user who logs in; empty when the cluster asks for nobody
 * @param password {@code storage.readings.password}
 * @param consistency how many replicas must have what is written and read
 * @param replication replicas in a keyspace that is made; empty: three, or as many as there are
 *     nodes
 */
public record CassandraOptions(
    List<InetSocketAddress> contactPoints,
    String keyspace,
    String dataCentre,
    Optional<String> user,
    Optional<Hidden> password,
    Consistency consistency,
    OptionalInt replication) {

  static final String FORM =
      "cassandra://[USER@]HOST:PORT[,HOST:PORT…]/KEYSPACE?dc=NAME"
          + "[&consistency=local_quorum|quorum|local_one][&replication=1…9]";

  private static final int DEFAULT_PORT = 9042;
  private static final Pattern URL =
      Pattern.compile("cassandra://(?:([^@/?#:]+)@)?([^@/?#]+)/([a-z][a-z0-9_]{0,47})\\?([^#]+)");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+\\])(?::(\\d{1,5}))?");
  private static final Set<String> PARAMETERS = Set.of("dc", "consistency", "replication");

  /** Replicas that must answer. */
  public enum Consistency {
    /** Most replicas of the data centre. */
    LOCAL_QUORUM,
    /** Most replicas of all data centres. */
    QUORUM,
    /** Any one of the data centre: what it alone has is lost with it. */
    LOCAL_ONE
  }

  /** The same with the password that stands under a key of its own. */
  CassandraOptions with(Optional<Hidden> password) {
    return new CassandraOptions(
        contactPoints, keyspace, dataCentre, user, password, consistency, replication);
  }

  /** Reads a URL of the {@link #FORM}. */
  static CassandraOptions parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) throw new IllegalArgumentException(FORM);
    Map<String, String> parameters = parameters(url.group(4));
    String dataCentre = parameters.getOrDefault("dc", "");
    if (dataCentre.isBlank()) throw new IllegalArgumentException("dc is missing");
    return new CassandraOptions(
        Arrays.stream(url.group(2).split(",", -1)).map(CassandraOptions::address).toList(),
        url.group(3),
        dataCentre,
        Optional.ofNullable(url.group(1)).map(CassandraOptions::decoded),
        Optional.empty(),
        Consistency.valueOf(
            parameters.getOrDefault("consistency", "local_quorum").toUpperCase(Locale.ROOT)),
        replication(parameters));
  }

  private static OptionalInt replication(Map<String, String> parameters) {
    String text = parameters.get("replication");
    if (text == null) return OptionalInt.empty();
    if (!text.matches("[1-9]")) throw new IllegalArgumentException("replication " + text);
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static InetSocketAddress address(String text) {
    Matcher host = HOST.matcher(text);
    if (!host.matches()) throw new IllegalArgumentException(text);
    int port = host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2));
    return InetSocketAddress.createUnresolved(host.group(1).replaceAll("[\\[\\]]", ""), port);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = each.substring(0, Math.max(0, equals));
      if (!PARAMETERS.contains(name)) throw new IllegalArgumentException(each);
      if (parameters.put(name, decoded(each.substring(equals + 1))) != null)
        throw new IllegalArgumentException(name + " twice");
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
