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

  /** Goes on when no other transaction has locked the same, and lets none till this one is over. */
  public abstract Future<Void> lock(Session session, String what);
}
