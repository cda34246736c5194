package io.mestral.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.metadata.SqlMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite says it will do for every statement of the ports. */
class QueryPlanTest {
  private static final String REGISTRIES = "io.mestral.storage.sql.metadata";
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(SELECT|INSERT|UPDATE|DELETE) (?s:.*)");
  private static final Pattern SCAN = Pattern.compile("SCAN (\\w+)\\b.*");
  private static final String TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'";
  // Told as a whole, or of a few dozen rows, a thousand keys at most; or told in pages by number,
  // and seldom.
  private static final Set<String> SMALL =
      Set.of(
          "sensors",
          "measurements",
          "forwarding_destinations",
          "signing_keys",
          "node_keys",
          "trusted_keys",
          "invitations",
          "tags",
          "sensor_tags",
          "tagged_sensors",
          "device_numbers");
  // Once a minute at most, of the accounts' smallest index.
  private static final String ALL_USERS =
      "SELECT count(*) AS n FROM users WHERE workflow_state = 'active'";
  // Bounded tables, counted and summed up through their smallest index.
  private static final Set<String> COUNTED =
      Set.of(
          ALL_USERS,
          "SELECT count(*) AS n FROM inventory",
          "SELECT count(*) AS n FROM orphans",
          "SELECT count(*) AS n FROM mails",
          "SELECT count(*) AS n FROM csv_exports WHERE finished_at IS NULL",
          "SELECT name FROM csv_exports");
  // Asked when there is no room: of ten thousand at most.
  private static final String WHO_HAS_MOST = "GROUP BY network";
  // Asked once at a start; walks by id and ends at the first administrator, made before the others.
  private static final String FIRST_ADMINISTRATOR = "role_mask >= 5";

  // Words are looked for in every public device and every person.
  private static final String BY_WORDS = "folded LIKE";
  // Asked once at a start, of an index that has those rows only.
  private static final String NOT_FOLDED = "folded = ''";
  // Walked by id to the end of a page, and counted: some thousand at most.
  private static final String EXPERIMENTS = " FROM experiments WHERE EXISTS";

  // An edge compares itself as a whole with the node above, when it is connected or told something.
  private static final String COMPARED = " AS told ";
  private static final Set<String> AS_A_WHOLE =
      Set.of(
          "SELECT kind, name, tag FROM replica_records",
          "SELECT kind, name, body FROM replica_records");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedMetadata metadata;

  @BeforeEach
  void open() {
    metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    await(metadata.close());
    await(vertx.close());
  }

  private static void await(Future<Void> closed) {
    closed.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void noStatementWalksThroughAWholeTableOrSortsOne() throws Exception {
    List<String> slow = new ArrayList<>();
    Set<String> statements = statements();
    try (SqliteSession session = SqliteSession.reading(folder.resolve("metadata.db"))) {
      Set<String> large = new HashSet<>(session.list(TABLES, row -> row.text("name")));
      large.removeAll(SMALL);
      for (String sql : statements)
        for (String line : session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail")))
          if (walks(line, large) || line.contains("TEMP B-TREE")) slow.add(line + " <- " + sql);
    }
    assertThat(statements).hasSizeGreaterThan(60);
    assertThat(slow).isEmpty();
  }

  private static boolean walks(String line, Set<String> large) {
    Matcher scan = SCAN.matcher(line);
    return scan.matches() && large.contains(scan.group(1));
  }

  private Set<String> statements() throws IllegalAccessException {
    Set<String> texts = new TreeSet<>();
    gather(metadata, SqlMetadata.class, texts);
    return texts.stream()
        .filter(text -> STATEMENT.matcher(text).matches())
        .filter(text -> texts.stream().noneMatch(other -> isBeginning(text, other)))
        .filter(text -> !COUNTED.contains(text) && !text.contains(FIRST_ADMINISTRATOR))
        .filter(text -> !text.contains(WHO_HAS_MOST) && !text.contains(EXPERIMENTS))
        .filter(text -> !text.contains(BY_WORDS) && !text.contains(NOT_FOLDED))
        .filter(text -> !text.contains(COMPARED) && !AS_A_WHOLE.contains(text))
        .collect(Collectors.toSet());
  }

  private static boolean isBeginning(String text, String other) {
    return text.matches("(?s).*[\\s(]") && other.length() > text.length() && other.startsWith(text);
  }

  /** The texts of an object's fields, and of the registries and their parts that it has. */
  private static void gather(Object from, Class<?> type, Set<String> texts)
      throws IllegalAccessException {
    for (Field field : type.getDeclaredFields()) {
      boolean isText = field.getType() == String.class;
      if (!isText && Modifier.isStatic(field.getModifiers())) continue;
      field.setAccessible(true);
      Object value = field.get(from);
      if (isText) texts.add((String) value);
      else if (isRegistry(value.getClass())) gather(value, value.getClass(), texts);
    }
  }

  private static boolean isRegistry(Class<?> type) {
    return type.getPackageName().equals(REGISTRIES);
  }
}
