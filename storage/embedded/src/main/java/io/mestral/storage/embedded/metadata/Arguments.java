package io.mestral.storage.embedded.metadata;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The arguments of statements. */
final class Arguments {
  private Arguments() {}

  /** A record's values with {@code more} behind them. */
  static Object[] of(Object[] more, Object... values) {
    Object[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  /**
   * Many ids as one argument, for {@code json_each}: the statement stays the same for any number.
   */
  static <T> String ids(Collection<T> things, ToLongFunction<T> id) {
    return things.stream()
        .map(thing -> Long.toString(id.applyAsLong(thing)))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
