package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/** The row a query stands on, its columns read as the model's types. */
public final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  public interface Mapper<T> {
    /** Reads the columns it needs; must not keep the row. */
    T map(Row row) throws SQLException;
  }

  /** A whole number. */
  public long number(String column) throws SQLException {
    return rows.getLong(column);
  }

  /** A text that is there. */
  public String text(String column) throws SQLException {
    return rows.getString(column);
  }

  /** A text that may be lacking. */
  public Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  /** Bytes that are there. */
  public byte[] bytes(String column) throws SQLException {
    return rows.getBytes(column);
  }

  /** Kept as 0 or 1. */
  public boolean flag(String column) throws SQLException {
    return rows.getInt(column) != 0;
  }

  /** Kept as milliseconds since 1970. */
  public Instant time(String column) throws SQLException {
    return Instant.ofEpochMilli(rows.getLong(column));
  }

  /** A time that may be lacking. */
  public Optional<Instant> optionalTime(String column) throws SQLException {
    long millis = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Kept as text. */
  public UUID uuid(String column) throws SQLException {
    return UUID.fromString(rows.getString(column));
  }

  /** A whole number that may be lacking. */
  public OptionalInt optionalNumber(String column) throws SQLException {
    int value = rows.getInt(column);
    return rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** A real number that may be lacking. */
  public OptionalDouble optionalReal(String column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What stands there, whatever it means: a number, a text, bytes, or nothing. */
  public Object value(String column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) return Optional.empty();
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
