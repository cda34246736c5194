package io.mestral.verticles.http.map;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** What of a device's readings is shown: the newest, or the mean of the last ones. */
enum Mean {
  NONE("", Duration.ZERO),
  HOUR("1h", Duration.ofHours(1)),
  DAY("1d", Duration.ofDays(1));

  private final String label;
  private final long seconds;

  Mean(String label, Duration span) {
    this.label = label;
    this.seconds = span.toSeconds();
  }

  /** The mean of that name; empty when there is none. */
  static Optional<Mean> find(String label) {
    return Arrays.stream(values())
        .filter(mean -> mean != NONE && mean.label.equals(label))
        .findFirst();
  }

  String label() {
    return label;
  }

  /** The readings before the newest, and the newest, that count. */
  long seconds() {
    return seconds;
  }
}
