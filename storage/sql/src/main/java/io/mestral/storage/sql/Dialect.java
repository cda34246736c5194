package io.mestral.storage.sql;

/**
 * Where the engines want different words for the same thing. Everything else is in words that both
 * understand: {@code RETURNING}, {@code ON CONFLICT}, row values, {@code TRUE} and {@code FALSE},
 * {@code CAST} to the engine's own type where a sum would be of another.
 */
public enum Dialect {
  /** One thread writes at a time, so there is nobody to lock out. */
  SQLITE {
    @Override
    public String among(String column, String place) {
      return column + " IN (SELECT value FROM json_each(" + place + "))";
    }

    @Override
    public String toChange() {
      return "";
    }
  },

  /** Others write at the same time. */
  POSTGRESQL {
    @Override
    public String among(String column, String place) {
      return column + " = ANY (" + place + ")";
    }

    @Override
    public String toChange() {
      return " FOR NO KEY UPDATE";
    }
  };

  /** Whether a column is one of {@link Many}, given at {@code place}. */
  public abstract String among(String column, String place);

  /** The end of a query for rows that the same transaction changes: others wait till it is over. */
  public abstract String toChange();
}
