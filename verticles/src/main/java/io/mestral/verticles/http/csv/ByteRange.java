package io.mestral.verticles.http.csv;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for (RFC 9110, 14.1.2).
 *
 * @param last the place of the last byte
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE =
      Pattern.compile("bytes=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  /** What a header comes to. */
  sealed interface Asked {
    /** Everything: what can't be understood, or asks for several parts, is left aside. */
    record Whole() implements Asked {}

    /** A part. */
    record Part(ByteRange range) implements Asked {}

    /** Nothing that the file has. */
    record Beyond() implements Asked {}
  }

  static Asked of(Optional<String> header, long length) {
    Matcher one = ONE.matcher(header.orElse(""));
    if (!one.matches()) return new Asked.Whole();
    String first = one.group(1);
    String last = one.group(2);
    if (first.isEmpty() && last.isEmpty()) return new Asked.Whole();
    if (first.isEmpty()) {
      long suffix = Math.min(Long.parseLong(last), length);
      return suffix == 0
          ? new Asked.Beyond()
          : new Asked.Part(new ByteRange(length - suffix, length - 1));
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
    if (!last.isEmpty() && Long.parseLong(last) < from) return new Asked.Whole();
    return from >= length ? new Asked.Beyond() : new Asked.Part(new ByteRange(from, to));
  }

  long length() {
    return last - first + 1;
  }
}
