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

    @Override
    public String folded(String text) {
      return "folded(" + text + ")"; // its own functions know ASCII only
    }

    @Override
    public String bytewise(String text) {
      return text;
    }

    @Override
    public String pairs(String place, String first, String second) {
      return "SELECT value ->> 0 AS "
          + first
          + ", value ->> 1 AS "
          + second
          + " FROM json_each("
          + place
          + ")";
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

    @Override
    public String folded(String text) {
      return "lower(" + text + " COLLATE \"und-x-icu\")"; // whatever language the server speaks
    }

    @Override
    public String bytewise(String text) {
      return text + " COLLATE \"C\"";
    }

    @Override
    public String pairs(String place, String first, String second) {
      return "SELECT CAST(pair ->> 0 AS BIGINT) AS "
          + first
          + ", CAST(pair ->> 1 AS BIGINT) AS "
          + second
          + " FROM json_array_elements(CAST(CAST("
          + place
          + " AS TEXT) AS JSON)) AS pair";
    }
  };

  /** Whether a column is one of {@link Many}, given at {@code place}. */
  public abstract String among(String column, String place);

  /** The end of a query for rows that the same transaction changes: others wait till it is over. */
  public abstract String toChange();

  /** A text in small letters, those outside ASCII too. */
  public abstract String folded(String text);

  /** A text that is ordered by its bytes. */
  public abstract String bytewise(String text);

  /**
   * A query whose rows are pairs of whole numbers.
   *
   * @param place of an argument such as {@code [[1,2],[3,4]]}
   */
  public abstract String pairs(String place, String first, String second);
}
