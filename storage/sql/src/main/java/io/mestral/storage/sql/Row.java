package io.mestral.storage.sql;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** The row a query stands on, its columns read as the model's types; nobody keeps it. */
public interface Row {
  /** Whether nothing stands in a column. */
  boolean lacks(String column);

  /** A whole number. */
  long number(String column);

  /** A whole number that may be lacking. */
  OptionalInt optionalNumber(String column);

  /** A real number that may be lacking. */
  OptionalDouble optionalReal(String column);

  /** A text that is there. */
  String text(String column);

  /** A text that may be lacking. */
  Optional<String> optionalText(String column);

  /** A text that was kept as {@link AnyText}. */
  String anyText(String column);

  /** Bytes that are there. */
  byte[] bytes(String column);

  /** True or false. */
  boolean flag(String column);

  /** A time that is there. */
  Instant time(String column);

  /** A time that may be lacking. */
  Optional<Instant> optionalTime(String column);

  /** An identifier of 128 bits. */
  UUID uuid(String column);

  /** What stands there, whatever it means, as a {@link io.mestral.storage.TableRow} has it. */
  Object plain(String column);
}
