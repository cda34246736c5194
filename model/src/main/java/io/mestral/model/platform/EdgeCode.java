package io.mestral.model.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an edge is told to join a node: one word that is good for one edge, once.
 *
 * @param url the broker of the node above, {@code mqtt://} or {@code mqtts://}
 * @param name what the edge is called there
 * @param secret what it shows there the first time
 * @param base what its IRIs begin with, unless it has a public URL of its own
 */
public record EdgeCode(String url, String name, String secret, String base) {
  /** What {@link #url} looks like. */
  public static final Pattern URL = Pattern.compile("mqtts?://[A-Za-z0-9.\\-\\[\\]:]{1,300}");

  private static final String VERSION = "mestral-edge-1";
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 5;

  /** As it is handed over. */
  public String text() {
    String parts = String.join(SEPARATOR, VERSION, url, name, secret, base);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(parts.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads it; empty when it is no such code, or of a later version. */
  public static Optional<EdgeCode> parse(String text) {
    try {
      String all = new String(Base64.getUrlDecoder().decode(text.strip()), StandardCharsets.UTF_8);
      String[] parts = all.split(SEPARATOR, -1);
      if (parts.length != PARTS
          || !parts[0].equals(VERSION)
          || !URL.matcher(parts[1]).matches()
          || !Gateway.NAME.matcher(parts[2]).matches()) return Optional.empty();
      return Optional.of(new EdgeCode(parts[1], parts[2], parts[3], parts[4]));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "EdgeCode[" + name + " at " + url + "]";
  }
}
