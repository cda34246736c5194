package io.mestral.model.platform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A topic of Smart API messages, {@code smartapi/1/{node}/{kind}} with or without a rest (Smart
 * API, section 8.2).
 *
 * @param node whose it is: a node's or a gateway's name, or an IRI in {@linkplain #encoded its
 *     encoding}; in a filter also {@code +}
 * @param rest one more level: the client's or the Entity's encoded IRI
 */
public record EntityTopic(String node, Kind kind, Optional<String> rest) {
  private static final String ROOT = "smartapi/1/";
  private static final String HEX = "0123456789ABCDEF";

  /** What a topic is for. */
  public enum Kind {
    /** Messages to a node. */
    IN(false),
    /** Answers of a node to one client. */
    OUT(true),
    /** Notifications about one Entity. */
    NTF(true),
    /** Heartbeats. */
    HB(false),
    /** What a node says of itself. */
    STATE(false),
    /** Messages from an edge to its cloud. */
    UP(false),
    /** Messages from a cloud to its edge. */
    DOWN(false);

    private final boolean hasRest;

    Kind(boolean hasRest) {
      this.hasRest = hasRest;
    }

    /** The level it stands for. */
    public String level() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Takes a topic, or a filter without {@code #}, apart; empty when it is another's. */
  public static Optional<EntityTopic> parse(String topic) {
    if (!topic.startsWith(ROOT)) return Optional.empty();
    String[] levels = topic.substring(ROOT.length()).split("/", -1);
    if (levels.length < 2 || levels.length > 3 || levels[0].isEmpty()) return Optional.empty();
    Optional<String> rest =
        levels.length == 3 && !levels[2].isEmpty() ? Optional.of(levels[2]) : Optional.empty();
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.level().equals(levels[1]))
        .filter(kind -> kind.hasRest == rest.isPresent() && kind.hasRest == (levels.length == 3))
        .map(kind -> new EntityTopic(levels[0], kind, rest))
        .findFirst();
  }

  /** As it is published to. */
  public String text() {
    return ROOT + node + "/" + kind.level() + rest.map(more -> "/" + more).orElse("");
  }

  /** Where messages for a node go. */
  public static String in(String node) {
    return ROOT + node + "/" + Kind.IN.level();
  }

  /** Where a node answers the client with this IRI. */
  public static String out(String node, String client) {
    return ROOT + node + "/" + Kind.OUT.level() + "/" + encoded(client);
  }

  /** Where a node tells of the Entity with this IRI. */
  public static String notifications(String node, String entity) {
    return ROOT + node + "/" + Kind.NTF.level() + "/" + encoded(entity);
  }

  /** All topics of this kind, as a filter. */
  public static String all(Kind kind) {
    return ROOT + "+/" + kind.level() + (kind.hasRest ? "/+" : "");
  }

  /** The IRI that a level stands for; empty when it isn't written as {@link #encoded} writes it. */
  public static Optional<String> decoded(String level) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(level.length());
    for (int at = 0; at < level.length(); at++) {
      boolean isCoded = level.charAt(at) == '%' && at + 2 < level.length();
      bytes.write(isCoded ? hex(level, at + 1) * 16 + hex(level, at + 2) : level.charAt(at));
      if (isCoded) at += 2;
    }
    String iri = bytes.toString(StandardCharsets.UTF_8);
    return Optional.of(iri).filter(one -> !one.isEmpty() && encoded(one).equals(level));
  }

  private static int hex(String text, int at) {
    return Character.digit(text.charAt(at), 16);
  }

  /** An IRI as one level: each byte of its UTF-8 but letters, digits and {@code - . _ ~} as %XX. */
  public static String encoded(String iri) {
    StringBuilder text = new StringBuilder(iri.length() + 32);
    for (byte one : iri.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xFF);
      boolean plain =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (plain) text.append(c);
      else text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }
    return text.toString();
  }
}
