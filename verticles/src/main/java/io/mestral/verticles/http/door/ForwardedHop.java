package io.mestral.verticles.http.door;

import io.mestral.config.AddressRange;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one proxy says of whom it was asked by.
 *
 * @param client empty: it doesn't say, or nobody can read it
 * @param scheme how it was asked
 * @param authority what it was asked as
 */
record ForwardedHop(
    Optional<InetAddress> client, Optional<String> scheme, Optional<String> authority) {
  /** Says nothing that anybody can read. */
  static final ForwardedHop SILENT =
      new ForwardedHop(Optional.empty(), Optional.empty(), Optional.empty());

  /** Perhaps with a port, which means nothing here; IPv6 addresses have brackets (RFC 7239, 6). */
  private static final Pattern NODE =
      Pattern.compile(
          "(?:([0-9.]+)(?::(?:\\d{1,5}|_[\\w.-]+))?|\\[([0-9A-Fa-f:.]+)](?::(?:\\d{1,5}|_[\\w.-]+))?)");

  /** RFC 7239, 4; a backslash has no business in any value that counts here. */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|\"([^\"\\\\]*)\")\\s*");

  /** By the headers that most proxies write; empty when there are none. */
  static List<ForwardedHop> plain(MultiMap headers) {
    List<String> clients = texts(headers, "X-Forwarded-For");
    Optional<String> scheme = last(texts(headers, "X-Forwarded-Proto"));
    Optional<String> authority = last(texts(headers, "X-Forwarded-Host"));
    if (clients.isEmpty())
      return scheme.isEmpty() && authority.isEmpty()
          ? List.of()
          : List.of(new ForwardedHop(Optional.empty(), scheme, authority));
    return clients.stream()
        .map(text -> new ForwardedHop(address(text), scheme, authority))
        .toList();
  }

  /** By the standard's header; empty when there is none. */
  static List<ForwardedHop> standard(MultiMap headers) {
    List<String> values = headers.getAll("Forwarded");
    return values.isEmpty()
        ? List.of()
        : elements(String.join(",", values)).stream().map(ForwardedHop::element).toList();
  }

  private static List<String> texts(MultiMap headers, String name) {
    return headers.getAll(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  private static Optional<String> last(List<String> texts) {
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(texts.size() - 1));
  }

  /**
   * Parted at commas outside of quotes, which are counted from the end: a quote that a client left
   * open swallows nothing of what proxies wrote behind it.
   */
  private static List<String> elements(String value) {
    List<String> elements = new ArrayList<>();
    boolean quoted = false;
    int end = value.length();
    for (int i = value.length() - 1; i >= 0; i--) {
      if (value.charAt(i) == '"') quoted = !quoted;
      if (value.charAt(i) != ',' || quoted) continue;
      elements.add(value.substring(i + 1, end));
      end = i;
    }
    elements.add(value.substring(0, end));
    Collections.reverse(elements);
    return elements;
  }

  private static ForwardedHop element(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String one : text.split(";", -1)) {
      Matcher pair = PAIR.matcher(one);
      if (!pair.matches()) return SILENT;
      String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
      if (pairs.put(pair.group(1).toLowerCase(Locale.ROOT), value) != null) return SILENT;
    }
    return new ForwardedHop(
        Optional.ofNullable(pairs.get("for")).flatMap(ForwardedHop::address),
        Optional.ofNullable(pairs.get("proto")),
        Optional.ofNullable(pairs.get("host")));
  }

  /** Some proxies write IPv6 addresses without brackets, and then without a port. */
  private static Optional<InetAddress> address(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) return AddressRange.address(text);
    return AddressRange.address(node.group(1) == null ? node.group(2) : node.group(1));
  }
}
