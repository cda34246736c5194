package io.mestral.storage.postgresql.client;

import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Many;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/** The model's values as arguments of statements. */
public final class Values {
  private Values() {}

  /** A record's values with {@code more} behind them. */
  public static Object[] of(Object[] more, Object... values) {
    Object[] all = Arrays.copyOf(values, values.length + more.length);
    System.arraycopy(more, 0, all, values.length, more.length);
    return all;
  }

  /** Many ids as one argument, for {@code = ANY}: the statement is the same for any number. */
  public static <T> Long[] ids(Collection<T> things, ToLongFunction<T> id) {
    return things.stream().map(id::applyAsLong).toArray(Long[]::new);
  }

  /** A text as its bytes, for columns that take any text there is. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Places for so many arguments: {@code $1, $2 …}. */
  public static String places(int number) {
    StringBuilder places = new StringBuilder("$1");
    for (int i = 2; i <= number; i++) places.append(", $").append(i);
    return places.toString();
  }

  static Tuple tuple(Object... arguments) {
    Tuple tuple = Tuple.tuple();
    for (Object argument : arguments) tuple.addValue(plain(argument));
    return tuple;
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> optional) return optional.map(Values::plain).orElse(null);
    if (value instanceof OptionalInt number) return number.isPresent() ? number.getAsInt() : null;
    if (value instanceof OptionalDouble number)
      return number.isPresent() ? number.getAsDouble() : null;
    if (value instanceof Instant time)
      return time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC); // as every store has it
    if (value instanceof AnyText any) return Buffer.buffer(any.text());
    if (value instanceof Many many) return many.values();
    if (value instanceof byte[] bytes) return Buffer.buffer(bytes);
    return value;
  }
}
