package io.mestral.storage.postgresql.client;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Statements, on whatever connection they are meant for. Their texts must be constants. */
public final class Session {
  private final SqlClient client;

  Session(SqlClient client) {
    this.client = client;
  }

  /** Every row of a query. */
  public <T> Future<List<T>> list(String sql, Function<Row, T> reader, Object... arguments) {
    return client
        .preparedQuery(sql)
        .execute(Values.tuple(arguments))
        .map(
            rows -> {
              List<T> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(reader.apply(new Row(row))));
              return found;
            });
  }

  /** The first row of a query, or of a statement with {@code RETURNING}; empty when none came. */
  public <T> Future<Optional<T>> first(String sql, Function<Row, T> reader, Object... arguments) {
    return list(sql, reader, arguments).map(found -> found.stream().findFirst());
  }

  /** Changes rows and says how many. */
  public Future<Integer> change(String sql, Object... arguments) {
    return client.preparedQuery(sql).execute(Values.tuple(arguments)).map(rows -> rows.rowCount());
  }

  /** The same change with one line of arguments after the other. */
  public Future<Void> changeAll(String sql, List<Object[]> lines) {
    return client
        .preparedQuery(sql)
        .executeBatch(lines.stream().map(Values::tuple).toList())
        .mapEmpty();
  }
}
