package io.mestral.storage.postgresql.client;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** A row of an answer, its columns read as the model's types. */
public final class Row {
  private final io.vertx.sqlclient.Row row;

  Row(io.vertx.sqlclient.Row row) {
    this.row = row;
  }

  /** Whether nothing stands in a column. */
  public boolean lacks(String column) {
    return row.getValue(column) == null;
  }

  /** A whole number. */
  public long number(String column) {
    return row.getLong(column);
  }

  /** A text that is there. */
  public String text(String column) {
    return row.getString(column);
  }

  /** A text that may be lacking. */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(row.getString(column));
  }

  /** Bytes that are there. */
  public byte[] bytes(String column) {
    return row.getBuffer(column).getBytes();
  }

  /** A text that is kept as its bytes in UTF-8. */
  public String textOfBytes(String column) {
    Buffer bytes = row.getBuffer(column);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** True or false. */
  public boolean flag(String column) {
    return row.getBoolean(column);
  }

  /** A time that is there. */
  public Instant time(String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** A time that may be lacking. */
  public Optional<Instant> optionalTime(String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  /** An identifier of 128 bits. */
  public UUID uuid(String column) {
    return row.getUUID(column);
  }

  /** A whole number that may be lacking. */
  public OptionalInt optionalNumber(String column) {
    Integer value = row.getInteger(column);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** A real number that may be lacking. */
  public OptionalDouble optionalReal(String column) {
    Double value = row.getDouble(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What stands there, whatever it means, in the form that no engine has to itself. */
  public Object plain(String column) {
    Object value = row.getValue(column);
    if (value == null) return Optional.empty();
    if (value instanceof Boolean flag) return flag ? 1L : 0L;
    if (value instanceof Integer number) return number.longValue();
    if (value instanceof OffsetDateTime time) return time.toInstant().toEpochMilli();
    if (value instanceof UUID uuid) return uuid.toString();
    return value instanceof Buffer bytes ? bytes.getBytes() : value;
  }
}
