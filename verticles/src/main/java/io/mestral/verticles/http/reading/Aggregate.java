package io.mestral.verticles.http.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of the readings of a bucket ({@code function} in spec 2.6). */
enum Aggregate {
  AVG,
  MAX,
  MIN,
  SUM,
  COUNT,
  DEV,
  FIRST,
  LAST;

  static Optional<Aggregate> parse(String text) {
    return Arrays.stream(values()).filter(each -> each.label().equals(text.strip())).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
