package io.mestral.storage.postgresql;

import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.TableRow;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Values;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The tables as they are, whatever they mean, in the form that no engine has to itself; all but
 * those that are about the database and not about what is in it.
 */
final class PostgresTables {
  private static final String COLUMNS =
      """
      SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name NOT IN ('schema_steps', 'database_seal')
      ORDER BY table_name, ordinal_position
      """;
  private static final String KINDS =
      """
      SELECT column_name::text AS c, data_type::text AS kind FROM information_schema.columns
      WHERE table_schema = current_schema() AND table_name = $1
      """;
  private static final String KEYS =
      """
      SELECT t.relname::text AS t, a.attname::text AS c
      FROM pg_constraint k
      JOIN pg_class t ON t.oid = k.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
      CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS part (number, place)
      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = part.number
      WHERE k.contype = 'p' AND t.relname NOT IN ('schema_steps', 'database_seal')
      ORDER BY t.relname, part.place
      """;
  private static final String REFERENCES =
      """
      SELECT t.relname::text AS t, other.relname::text AS c
      FROM pg_constraint k
      JOIN pg_class t ON t.oid = k.conrelid
      JOIN pg_class other ON other.oid = k.confrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
      WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
      """;
  private static final String NUMBERS =
      """
      SELECT regexp_replace(sequencename::text, '_id_seq$', '') AS t,
             coalesce(last_value, 0) AS n
      FROM pg_sequences WHERE schemaname = current_schema()
      """;
  private static final String GO_ON =
      "SELECT setval(pg_get_serial_sequence($1::text, 'id')::regclass, $2::bigint)";

  /** What each orphan has is counted from its messages. */
  private static final String COUNT_HELD =
      """
      UPDATE orphans SET held_number =
        (SELECT count(*) FROM held_messages WHERE orphan_id = orphans.id)
      """;

  private static final Set<String> DERIVED = Set.of("orphans.held_number");

  private final Server server;

  PostgresTables(Server server) {
    this.server = server;
  }

  /** A table's name and something that belongs to it. */
  private record Part(String table, String what) {}

  private static Future<List<Part>> parts(Session session, String text) {
    return session.list(text, row -> new Part(row.text("t"), row.text("c")));
  }

  Future<List<Table>> tables() {
    return server.read(
        session ->
            parts(session, COLUMNS)
                .compose(
                    columns ->
                        parts(session, KEYS)
                            .compose(
                                keys ->
                                    parts(session, REFERENCES)
                                        .map(refers -> tables(columns, keys, refers)))));
  }

  private static List<Table> tables(List<Part> columns, List<Part> keys, List<Part> refers) {
    Map<String, List<String>> columnsOf = new TreeMap<>();
    for (Part column : columns)
      if (!DERIVED.contains(column.table + "." + column.what))
        columnsOf.computeIfAbsent(column.table, none -> new ArrayList<>()).add(column.what);
    Map<String, List<String>> keysOf = new HashMap<>();
    for (Part key : keys)
      keysOf.computeIfAbsent(key.table, none -> new ArrayList<>()).add(key.what);
    Map<String, Table> ordered = new LinkedHashMap<>();
    Set<String> left = new TreeSet<>(columnsOf.keySet());
    while (!left.isEmpty()) {
      String next =
          left.stream()
              .filter(
                  name ->
                      refers.stream()
                          .noneMatch(part -> part.table.equals(name) && left.contains(part.what)))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("tables that refer to each other"));
      ordered.put(next, new Table(next, columnsOf.get(next), keysOf.get(next)));
      left.remove(next);
    }
    return List.copyOf(ordered.values());
  }

  private static Future<Map<String, String>> kindsOf(Session session, Table table) {
    Map<String, String> kinds = new HashMap<>();
    return session
        .list(KINDS, row -> kinds.put(row.text("c"), row.text("kind")), table.name())
        .map(kinds);
  }

  Future<List<TableRow>> rows(Table table, Optional<List<Object>> after, int limit) {
    String key = String.join(", ", table.key());
    int first = after.isEmpty() ? 0 : table.key().size();
    String text =
        "SELECT "
            + String.join(", ", table.columns())
            + " FROM "
            + table.name()
            + (first == 0 ? "" : " WHERE (" + key + ") > (" + Values.places(first) + ")")
            + " ORDER BY "
            + key
            + " LIMIT $"
            + (first + 1);
    return server.read(
        session ->
            kindsOf(session, table)
                .compose(
                    kinds -> {
                      List<Object> arguments = new ArrayList<>();
                      for (int i = 0; i < first; i++)
                        arguments.add(
                            ours(after.orElseThrow().get(i), kinds.get(table.key().get(i))));
                      arguments.add(limit);
                      return session.list(
                          text,
                          row -> {
                            List<Object> values = new ArrayList<>();
                            for (String column : table.columns()) values.add(row.plain(column));
                            return new TableRow(values);
                          },
                          arguments.toArray());
                    }));
  }

  Future<Map<String, Long>> numbers() {
    return server.read(
        session -> {
          Map<String, Long> numbers = new HashMap<>();
          return session
              .list(NUMBERS, row -> numbers.put(row.text("t"), row.number("n")))
              .map(numbers);
        });
  }

  Future<Void> clear() {
    return tables()
        .compose(
            tables ->
                server.write(
                    0,
                    session ->
                        session.change(
                            "TRUNCATE "
                                + String.join(", ", tables.stream().map(Table::name).toList()))))
        .mapEmpty();
  }

  Future<Void> put(Table table, List<TableRow> rows) {
    String text =
        "INSERT INTO "
            + table.name()
            + " ("
            + String.join(", ", table.columns())
            + ") OVERRIDING SYSTEM VALUE VALUES ("
            + Values.places(table.columns().size())
            + ")";
    return server.write(
        0,
        session ->
            kindsOf(session, table)
                .compose(
                    kinds -> {
                      List<Object[]> lines = new ArrayList<>();
                      for (TableRow row : rows) {
                        Object[] line = row.values().toArray();
                        for (int i = 0; i < line.length; i++)
                          line[i] = ours(line[i], kinds.get(table.columns().get(i)));
                        lines.add(line);
                      }
                      return session.changeAll(text, lines);
                    }));
  }

  Future<Void> finish(Map<String, Long> numbers) {
    return server.write(
        0,
        session -> {
          Future<?> all = session.change(COUNT_HELD);
          for (Map.Entry<String, Long> number : numbers.entrySet())
            if (number.getValue() > 0)
              all =
                  all.compose(
                      done ->
                          session.list(
                              GO_ON,
                              row -> row.lacks("setval"),
                              number.getKey(),
                              number.getValue()));
          return all.mapEmpty();
        });
  }

  /** A value as a column of this kind takes it. */
  private static Object ours(Object value, String kind) {
    if (value instanceof Optional<?>) return value;
    return switch (kind) {
      case "boolean" -> ((Long) value) != 0;
      case "integer" -> ((Long) value).intValue();
      case "timestamp with time zone" -> Instant.ofEpochMilli((Long) value);
      case "uuid" -> UUID.fromString((String) value);
      case "bytea" -> value instanceof String text ? Values.bytes(text) : value;
      case "text" ->
          value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
      default -> value;
    };
  }
}
