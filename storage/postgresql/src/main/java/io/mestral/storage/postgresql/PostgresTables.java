package io.mestral.storage.postgresql;

import io.mestral.storage.MovableMetadata.Table;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Session;
import io.mestral.storage.sql.TableCatalog;
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

/** The tables of a PostgreSQL database. */
final class PostgresTables implements TableCatalog {
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

  /** Counted by earlier versions; nothing asks for it any more. */
  private static final Set<String> DERIVED = Set.of("orphans.held_number");

  /** A table's name and something that belongs to it. */
  private record Part(String table, String what) {}

  private static Future<List<Part>> parts(Session session, String text) {
    return session.list(text, row -> new Part(row.text("t"), row.text("c")));
  }

  @Override
  public Future<List<Table>> tables(Session session) {
    return parts(session, COLUMNS)
        .compose(
            columns ->
                parts(session, KEYS)
                    .compose(
                        keys ->
                            parts(session, REFERENCES)
                                .map(refers -> tables(columns, keys, refers))));
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

  @Override
  public Future<Map<String, String>> kinds(Session session, Table table) {
    Map<String, String> kinds = new HashMap<>();
    return session
        .list(KINDS, row -> kinds.put(row.text("c"), row.text("kind")), table.name())
        .map(kinds);
  }

  @Override
  public Future<Void> clear(Session session, List<Table> tables) {
    String names = String.join(", ", tables.stream().map(Table::name).toList());
    return session.change("TRUNCATE " + names).mapEmpty();
  }

  @Override
  public Future<Map<String, Long>> numbers(Session session) {
    Map<String, Long> numbers = new HashMap<>();
    return session.list(NUMBERS, row -> numbers.put(row.text("t"), row.number("n"))).map(numbers);
  }

  @Override
  public Future<Void> goOn(Session session, Map<String, Long> numbers) {
    return Steps.forEach(
        numbers.entrySet(),
        number ->
            number.getValue() > 0
                ? session.list(GO_ON, row -> true, number.getKey(), number.getValue())
                : Future.succeededFuture());
  }

  @Override
  public Object taken(Object value, String kind) {
    if (value instanceof Optional<?>) return value;
    return switch (kind) {
      case "boolean" -> ((Long) value) != 0;
      case "integer" -> ((Long) value).intValue();
      case "timestamp with time zone" -> Instant.ofEpochMilli((Long) value);
      case "uuid" -> UUID.fromString((String) value);
      case "bytea" -> value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
      case "text" ->
          value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
      default -> value;
    };
  }
}
