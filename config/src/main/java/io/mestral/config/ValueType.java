package io.mestral.config;

import java.util.function.Function;

/**
 * How the text of a setting becomes a value.
 *
 * @param allowed what the reader takes, for messages
 * @param secret whether the text must never be shown
 * @param reader throws {@link IllegalArgumentException} for any other text, and {@link
 *     NotAvailable} for one that a later version will take
 */
record ValueType<T>(String allowed, boolean secret, Function<String, T> reader) {

  static <T> ValueType<T> of(String allowed, Function<String, T> reader) {
    return new ValueType<>(allowed, false, reader);
  }

  /** The text means something, but this version can't do it. */
  static final class NotAvailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAvailable(String what) {
      super(what + " is not available in this version (" + Release.version() + ")");
    }
  }
}
