package io.mestral.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 100ms}, {@code 5s}, {@code 24 h}, {@code 7d}. */
public final class DurationText {
  /** What is understood, for messages. */
  public static final String ALLOWED =
      "a duration such as 100ms, 30s, 5m, 24h, 7d (a bare number is seconds)";

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d|)");

  private DurationText() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) throw new IllegalArgumentException(ALLOWED);
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
