package io.mestral.verticles.http.exchange;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which versions of a thing the asker has (RFC 9110, section 13.1.2).
 *
 * @param any whether any will do
 * @param opaque the tags without their mark of weakness, which means nothing here
 */
public record KnownTags(boolean any, Set<String> opaque) {
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  /** What {@code If-None-Match} says; empty where it isn't sent. */
  public static KnownTags of(String header) {
    Set<String> tags =
        TAG.matcher(header)
            .results()
            .map((MatchResult tag) -> tag.group(1))
            .collect(Collectors.toSet());
    return new KnownTags(header.strip().equals("*"), tags);
  }

  /** Whether the version with this tag is among them. */
  public boolean matches(String tag) {
    return any || opaque.contains(tag.startsWith("W/") ? tag.substring(2) : tag);
  }
}
