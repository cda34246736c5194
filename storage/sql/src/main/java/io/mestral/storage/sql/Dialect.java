package io.mestral.storage.sql;

import io.vertx.core.Future;
import java.util.List;
import java.util.stream.LongStream;

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
      // typed and limited: else it would be read through for every row that it is joined to
      return "SELECT CAST(value ->> 0 AS BIGINT) AS "
          + first
          + ", CAST(value ->> 1 AS BIGINT) AS "
          + second
          + " FROM json_each("
          + place
          + ") LIMIT -1";
    }

    @Override
    public Future<Void> lock(Session session, String what) {
      return Future.succeededFuture();
    }

    @Override
    public String numbered() {
      return "";
    }

    @Override
    public Future<List<Long>> skip(Session session, String table, int count) {
      return session
          .first(SKIP, row -> row.number("seq"), table, (long) count)
          .compose(
              last ->
                  last.isPresent()
                      ? Future.succeededFuture(last.get())
                      : session.change(BEGIN, table, (long) count).map((long) count))
          .map(last -> LongStream.rangeClosed(last - count + 1, last).boxed().toList());
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

    @Override
    public String numbered() {
      return " OVERRIDING SYSTEM VALUE";
    }

    @Override
    public Future<List<Long>> skip(Session session, String table, int count) {
      return session.list(NEXT, row -> row.number("n"), table, (long) count);
    }
  };

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String NEXT =
      "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS n FROM generate_series(1, $2)";
  private static final String SKIP =
      "UPDATE sqlite_sequence SET seq = seq + $2 WHERE name = $1 RETURNING seq";
  private static final String BEGIN = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";

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

  /** What stands before {@code VALUES} where numbers come with the rows. */
  public abstract String numbered();

  /** So many numbers that rows of a table won't get by themselves, ascending. */
  public abstract Future<List<Long>> skip(Session session, String table, int count);
}
