package io.mestral.storage.sql;

import java.util.Arrays;

/** The arguments of statements. */
public final class Arguments {
  private Arguments() {}

  /** A record's values with {@code more} behind them. */
  public static Object[] of(Object[] more, Object... values) {
    Object[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  /** Places for so many arguments: {@code $1, $2 …}. */
  public static String places(int number) {
    StringBuilder places = new StringBuilder("$1");
    for (int i = 2; i <= number; i++) places.append(", $").append(i);
    return places.toString();
  }
}
