package io.mestral.verticles.http.exchange;

import io.mestral.model.reading.TimeText;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times in queries: epoch seconds, or a time in one of the forms clients send (spec 2.6). */
public final class TimeParameter {
  private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,11}");

  /** A plus that was decoded to a blank: {@code 2026-02-03 10:00:00 00:00}. */
  private static final Pattern LOST_PLUS =
      Pattern.compile("(\\d{4}-\\S+[ T]\\d{1,2}:\\d{2}\\S*) (\\d{2}:?\\d{2})");

  private TimeParameter() {}

  /** The epoch second, if there is one; ends the request when what is given is none. */
  public static Optional<Long> of(Params params, String name) {
    return params.text(name).map(text -> second(name, text.strip()));
  }

  private static long second(String name, String text) {
    return parse(text).orElseThrow(() -> Problem.badTime(name));
  }

  /** The epoch second a text means. */
  public static OptionalLong parse(String text) {
    if (EPOCH_SECONDS.matcher(text).matches()) return OptionalLong.of(Long.parseLong(text));
    Matcher lost = LOST_PLUS.matcher(text);
    return TimeText.parse(lost.matches() ? lost.group(1) + "+" + lost.group(2) : text);
  }
}
