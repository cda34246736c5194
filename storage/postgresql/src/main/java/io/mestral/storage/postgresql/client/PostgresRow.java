package io.mestral.storage.postgresql.client;

import io.mestral.storage.sql.Row;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** A row of an answer. */
final class PostgresRow implements Row {
  private final io.vertx.sqlclient.Row row;

  PostgresRow(io.vertx.sqlclient.Row row) {
    this.row = row;
  }

  @Override
  public boolean lacks(String column) {
    return row.getValue(column) == null;
  }

  @Override
  public long number(String column) {
    return row.getLong(column);
  }

  @Override
  public String text(String column) {
    return row.getString(column);
  }

  @Override
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(row.getString(column));
  }

  @Override
  public byte[] bytes(String column) {
    return row.getBuffer(column).getBytes();
  }

  @Override
  public String anyText(String column) {
    Buffer bytes = row.getBuffer(column);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public boolean flag(String column) {
    return row.getBoolean(column);
  }

  @Override
  public Instant time(String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  @Override
  public Optional<Instant> optionalTime(String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  @Override
  public UUID uuid(String column) {
    return row.getUUID(column);
  }

  @Override
  public OptionalInt optionalNumber(String column) {
    Integer value = row.getInteger(column);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  @Override
  public OptionalDouble optionalReal(String column) {
    Double value = row.getDouble(column);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  @Override
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
