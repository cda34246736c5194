package io.mestral.storage.embedded.metadata;

import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.mestral.storage.sql.TableCatalog;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a SQLite file. */
final class SqliteTables implements TableCatalog {
  /** In the order they were made: a table refers to none that was made later. */
  private static final String COLUMNS =
      """
      SELECT made.name AS t, had.name AS c, had.pk AS place
      FROM sqlite_schema AS made JOIN pragma_table_info(made.name) AS had
      WHERE made.type = 'table' AND made.name NOT LIKE 'sqlite!_%' ESCAPE '!'
        AND made.name <> 'schema_steps'
      ORDER BY made.rowid, had.cid
      """;

  private static final String KINDS = "SELECT name, type FROM pragma_table_info($1)";
  private static final String NUMBERS = "SELECT name, seq FROM sqlite_sequence";
  private static final String GO_ON =
      "UPDATE sqlite_sequence SET seq = max(seq, $2) WHERE name = $1";
  private static final String BEGIN = "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)";

  private record Column(String table, String name, long placeInKey) {
    static Column read(Row row) {
      return new Column(row.text("t"), row.text("c"), row.number("place"));
    }
  }

  @Override
  public Future<List<Table>> tables(Session session) {
    return session
        .list(COLUMNS, Column::read)
        .map(
            columns -> {
              Map<String, List<Column>> tables = new LinkedHashMap<>();
              for (Column column : columns)
                tables.computeIfAbsent(column.table, none -> new ArrayList<>()).add(column);
              return tables.entrySet().stream()
                  .map(table -> table(table.getKey(), table.getValue()))
                  .toList();
            });
  }

  private static Table table(String name, List<Column> columns) {
    return new Table(
        name,
        columns.stream().map(Column::name).toList(),
        columns.stream()
            .filter(column -> column.placeInKey > 0)
            .sorted(Comparator.comparing(Column::placeInKey))
            .map(Column::name)
            .toList());
  }

  @Override
  public Future<Map<String, String>> kinds(Session session, Table table) {
    Map<String, String> kinds = new HashMap<>();
    return session
        .list(KINDS, row -> kinds.put(row.text("name"), row.text("type")), table.name())
        .map(kinds);
  }

  @Override
  public Object taken(Object value, String kind) {
    return value instanceof byte[] bytes && kind.equals("TEXT")
        ? new String(bytes, StandardCharsets.UTF_8)
        : value;
  }

  @Override
  public Future<Void> clear(Session session, List<Table> tables) {
    List<Table> lastFirst = new ArrayList<>(tables);
    Collections.reverse(lastFirst);
    return Steps.forEach(lastFirst, table -> session.change("DELETE FROM " + table.name()));
  }

  @Override
  public Future<Map<String, Long>> numbers(Session session) {
    Map<String, Long> numbers = new HashMap<>();
    return session
        .list(NUMBERS, row -> numbers.put(row.text("name"), row.number("seq")))
        .map(numbers);
  }

  @Override
  public Future<Void> goOn(Session session, Map<String, Long> numbers) {
    return Steps.forEach(
        numbers.entrySet(),
        number ->
            session
                .change(GO_ON, number.getKey(), number.getValue())
                .compose(
                    there ->
                        there > 0
                            ? Future.succeededFuture(there)
                            : session.change(BEGIN, number.getKey(), number.getValue())));
  }
}
