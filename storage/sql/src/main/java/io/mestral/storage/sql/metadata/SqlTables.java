package io.mestral.storage.sql.metadata;

import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.TableRow;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.TableCatalog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables as they are, whatever they mean, in the form that no engine has to itself. */
final class SqlTables {
  private static final long ALL_OF_THEM = 0;

  private final Engine engine;
  private final TableCatalog catalog;

  SqlTables(Engine engine, TableCatalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  Future<List<Table>> tables() {
    return engine.read(catalog::tables);
  }

  Future<List<TableRow>> rows(Table table, Optional<List<Object>> after, int limit) {
    String key = String.join(", ", table.key());
    int first = after.isEmpty() ? 0 : table.key().size();
    String text =
        "SELECT "
            + String.join(", ", table.columns())
            + " FROM "
            + table.name()
            + (first == 0 ? "" : " WHERE (" + key + ") > (" + Arguments.places(first) + ")")
            + " ORDER BY "
            + key
            + " LIMIT $"
            + (first + 1);
    return engine.read(
        session ->
            catalog
                .kinds(session, table)
                .map(kinds -> taken(after.orElse(List.of()), table.key(), kinds))
                .compose(
                    behind ->
                        session.list(
                            text,
                            row -> plain(table, row),
                            Arguments.of(new Object[] {(long) limit}, behind))));
  }

  private static TableRow plain(Table table, Row row) {
    List<Object> values = new ArrayList<>();
    for (String column : table.columns()) values.add(row.plain(column));
    return new TableRow(values);
  }

  private Object[] taken(List<Object> values, List<String> columns, Map<String, String> kinds) {
    Object[] taken = values.toArray();
    for (int i = 0; i < taken.length; i++)
      taken[i] = catalog.taken(taken[i], kinds.get(columns.get(i)));
    return taken;
  }

  Future<Map<String, Long>> numbers() {
    return engine.read(catalog::numbers);
  }

  Future<Void> clear() {
    return engine.write(
        ALL_OF_THEM,
        session -> catalog.tables(session).compose(tables -> catalog.clear(session, tables)));
  }

  Future<Void> put(Table table, List<TableRow> rows) {
    String text =
        "INSERT INTO "
            + table.name()
            + " ("
            + String.join(", ", table.columns())
            + ")"
            + engine.dialect().numbered()
            + " VALUES ("
            + Arguments.places(table.columns().size())
            + ")";
    return engine.write(
        ALL_OF_THEM,
        session ->
            catalog
                .kinds(session, table)
                .map(
                    kinds ->
                        rows.stream()
                            .map(row -> taken(row.values(), table.columns(), kinds))
                            .toList())
                .compose(lines -> session.changeAll(text, lines)));
  }

  Future<Void> finish(Map<String, Long> numbers) {
    return engine.write(ALL_OF_THEM, session -> catalog.goOn(session, numbers));
  }
}
