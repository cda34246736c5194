package io.mestral.storage.postgresql.client;

import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Statements, on whatever connection they are meant for. */
final class PostgresSession implements Session {
  private final SqlClient client;

  PostgresSession(SqlClient client) {
    this.client = client;
  }

  @Override
  public <T> Future<List<T>> list(String sql, Function<Row, T> reader, Object... arguments) {
    return client
        .preparedQuery(sql)
        .execute(Values.tuple(arguments))
        .map(
            rows -> {
              List<T> found = new ArrayList<>(rows.size());
              rows.forEach(row -> found.add(reader.apply(new PostgresRow(row))));
              return found;
            });
  }

  @Override
  public Future<Integer> change(String sql, Object... arguments) {
    return client.preparedQuery(sql).execute(Values.tuple(arguments)).map(rows -> rows.rowCount());
  }

  @Override
  public Future<Void> changeAll(String sql, List<Object[]> lines) {
    if (lines.isEmpty()) return Future.succeededFuture();
    return client
        .preparedQuery(sql)
        .executeBatch(lines.stream().map(Values::tuple).toList())
        .mapEmpty();
  }
}
