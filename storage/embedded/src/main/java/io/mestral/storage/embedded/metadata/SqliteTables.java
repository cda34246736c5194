package io.mestral.storage.embedded.metadata;

import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.TableRow;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables as they are, whatever they mean. */
final class SqliteTables {
  /** In the order they were made: a table refers to none that was made later. */
  private static final String NAMES =
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'schema_steps'
      ORDER BY rowid
      """;

  private static final String COLUMNS =
      "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid";
  private static final String KEY =
      "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
  private static final String TEXTS = "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'";

  private final Database database;

  SqliteTables(Database database) {
    this.database = database;
  }

  Future<List<Table>> tables() {
    return database.read(SqliteTables::tables);
  }

  private static List<Table> tables(SqliteSession session) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : session.list(NAMES, row -> row.text("name")))
      tables.add(
          new Table(
              name,
              session.list(COLUMNS, row -> row.text("name"), name),
              session.list(KEY, row -> row.text("name"), name)));
    return tables;
  }

  Future<List<TableRow>> rows(Table table, Optional<List<Object>> after, int limit) {
    String key = String.join(", ", table.key());
    String text =
        "SELECT "
            + String.join(", ", table.columns())
            + " FROM "
            + table.name()
            + (after.isEmpty() ? "" : " WHERE (" + key + ") > (" + places(table.key()) + ")")
            + " ORDER BY "
            + key
            + " LIMIT ?";
    List<Object> arguments = new ArrayList<>(after.orElse(List.of()));
    arguments.add(limit);
    return database.read(
        session ->
            session.list(
                text,
                row -> {
                  List<Object> values = new ArrayList<>();
                  for (String column : table.columns()) values.add(row.plain(column));
                  return new TableRow(values);
                },
                arguments.toArray()));
  }

  Future<Map<String, Long>> numbers() {
    return database.read(
        session -> {
          Map<String, Long> numbers = new HashMap<>();
          session.list(
              "SELECT name, seq FROM sqlite_sequence",
              row -> numbers.put(row.text("name"), row.number("seq")));
          return numbers;
        });
  }

  Future<Void> clear() {
    return database.write(
        session -> {
          List<Table> tables = tables(session);
          Collections.reverse(tables);
          for (Table table : tables) session.change("DELETE FROM " + table.name());
          return null;
        });
  }

  Future<Void> put(Table table, List<TableRow> rows) {
    String text =
        "INSERT INTO "
            + table.name()
            + " ("
            + String.join(", ", table.columns())
            + ") VALUES ("
            + places(table.columns())
            + ")";
    return database.write(
        session -> {
          Set<String> texts =
              Set.copyOf(session.list(TEXTS, row -> row.text("name"), table.name()));
          for (TableRow row : rows) {
            Object[] values = row.values().toArray();
            for (int i = 0; i < values.length; i++)
              if (values[i] instanceof byte[] bytes && texts.contains(table.columns().get(i)))
                values[i] = new String(bytes, StandardCharsets.UTF_8);
            session.change(text, values);
          }
          return null;
        });
  }

  Future<Void> finish(Map<String, Long> numbers) {
    return database.write(
        session -> {
          for (Map.Entry<String, Long> number : numbers.entrySet()) {
            String name = number.getKey();
            int there =
                session.change(
                    "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?",
                    number.getValue(),
                    name);
            if (there == 0)
              session.change(
                  "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", name, number.getValue());
          }
          return null;
        });
  }

  private static String places(List<String> columns) {
    return String.join(", ", Collections.nCopies(columns.size(), "?"));
  }
}
