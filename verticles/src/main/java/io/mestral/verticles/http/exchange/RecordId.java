package io.mestral.verticles.http.exchange;

import java.util.Optional;

/** The number of a thing as it stands in a path. */
public final class RecordId {
  private static final int MOST_DIGITS = 18;

  private RecordId() {}

  /** Empty when the text is no number that anything could have. */
  public static Optional<Long> parse(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() <= MOST_DIGITS
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }
}
