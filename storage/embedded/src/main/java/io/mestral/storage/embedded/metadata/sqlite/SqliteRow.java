package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.storage.sql.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The row a query stands on: flags are 0 or 1, times milliseconds since 1970, identifiers texts.
 */
final class SqliteRow implements Row {
  private final ResultSet rows;

  SqliteRow(ResultSet rows) {
    this.rows = rows;
  }

  /** A column can't be read; {@link SqliteSession} tells its cause. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(SQLException cause) {
      super(cause);
    }

    SQLException why() {
      return (SQLException) getCause();
    }
  }

  @Override
  public boolean lacks(String column) {
    try {
      return rows.getObject(column) == null;
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }

  @Override
  public long number(String column) {
    try {
      return rows.getLong(column);
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }

  @Override
  public OptionalInt optionalNumber(String column) {
    return lacks(column) ? OptionalInt.empty() : OptionalInt.of((int) number(column));
  }

  @Override
  public OptionalDouble optionalReal(String column) {
    try {
      double value = rows.getDouble(column);
      return rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }

  @Override
  public String text(String column) {
    try {
      return rows.getString(column);
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }

  @Override
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(text(column));
  }

  @Override
  public String anyText(String column) {
    return text(column);
  }

  @Override
  public byte[] bytes(String column) {
    try {
      return rows.getBytes(column);
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }

  @Override
  public boolean flag(String column) {
    return number(column) != 0;
  }

  @Override
  public Instant time(String column) {
    return Instant.ofEpochMilli(number(column));
  }

  @Override
  public Optional<Instant> optionalTime(String column) {
    return lacks(column) ? Optional.empty() : Optional.of(time(column));
  }

  @Override
  public UUID uuid(String column) {
    return UUID.fromString(text(column));
  }

  @Override
  public Object plain(String column) {
    try {
      Object value = rows.getObject(column);
      if (value == null) return Optional.empty();
      return value instanceof Integer number ? (Object) number.longValue() : value;
    } catch (SQLException failure) {
      throw new Unreadable(failure);
    }
  }
}
