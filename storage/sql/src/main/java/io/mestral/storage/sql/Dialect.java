package io.mestral.storage.sql;

import io.vertx.core.Future;

/**
 * Where the engines want different words for the same thing. Everything else is in words that both
 * understand: {@code RETURNING}, {@code ON CONFLICT}, row values, {@code TRUE} and {@code FALSE},
 * {@code CAST} to {@code BIGINT} of what a sum would make something else.
 */
public enum Dialect {
  /** One thread writes at a time, so there is nobody to lock out. */
  SQLITE {
    @Override
    public String among(String column, String place) {
      return column + " IN (SELECT value FROM json_each(" + place + "))";
    }

    @Override
    public String either(String flag, String other) {
      return flag + " + " + other + " > 0";
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

    @Override
    public Future<Void> lock(Session session, String what) {
      return Future.succeededFuture();
    }
  },

  /** Others write at the same time. */
  POSTGRESQL {
    @Override
    public String among(String column, String place) {
      return column + " = ANY (" + place + ")";
    }

    @Override
    public String either(String flag, String other) {
      return "(" + flag + " OR " + other + ")";
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

    @Override
    public Future<Void> lock(Session session, String what) {
      return session.change(LOCK, what).mapEmpty();
    }
  };

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  /** Whether a column is one of {@link Many}, given at {@code place}. */
  public abstract String among(String column, String place);

  /** Whether one of two flags is set, in the form that indexes of such rows have. */
  public abstract String either(String flag, String other);

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

  /** Goes on when no other transaction has locked the same, and lets none till this one is over. */
  public abstract Future<Void> lock(Session session, String what);
}
