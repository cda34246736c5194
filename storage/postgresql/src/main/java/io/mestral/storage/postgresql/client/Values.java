package io.mestral.storage.postgresql.client;

import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Many;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The model's values as arguments of statements. */
final class Values {
  private Values() {}

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
