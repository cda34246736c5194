package io.mestral.storage.sql;

import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * Many values as one argument, for {@link Dialect#among}: the statement is the same for any number.
 */
public final class Many {
  private final Object[] values;

  private Many(Object[] values) {
    this.values = values;
  }

  /** The numbers of things. */
  public static <T> Many ids(Collection<T> things, ToLongFunction<T> id) {
    return new Many(things.stream().map(id::applyAsLong).toArray(Long[]::new));
  }

  /** Texts. */
  public static Many texts(Collection<String> texts) {
    return new Many(texts.toArray(String[]::new));
  }

  /** A {@code Long[]} or {@code String[]}, not to be changed. */
  public Object[] values() {
    return values;
  }
}
